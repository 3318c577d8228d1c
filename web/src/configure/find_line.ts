// The board of a line out of a list: by its address, or by the name of a well-known company. A guess is for a person.
import { checkBoard, type CheckedBoard } from "./follow_board";
import { searchDirectory } from "./use_directory";
import { isAddress, isSameName } from "./written_boards";

export async function findLine(written: string, signal: AbortSignal): Promise<CheckedBoard> {
  if (isAddress(written)) return checkBoard({ url: written }, signal);
  const known = await searchDirectory(written, signal);
  const meant = known.find((one) => one.well_known && isSameName(one.display_name, written));
  if (meant === undefined)
    throw new Error("No address, and no well-known company is called so: write its address here.");
  const { board: kind, token, display_name: name } = meant;
  return checkBoard({ kind, token, name }, signal);
}
