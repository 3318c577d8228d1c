import { describe, expect, it } from "vitest";

import { isAddress, isSameName, readWritten } from "./written_boards";

describe("what is written where a board is asked for", () => {
  it("is an address where it has a scheme, a path or a host's dots", () => {
    const addresses = [
      "https://boards.greenhouse.io/acme",
      "jobs.lever.co/acme",
      "acme.com",
      "careers/acme",
      "https://acme.com/all jobs",
    ];
    expect(addresses.filter((one) => !isAddress(one))).toEqual([]);
  });

  it("is a name otherwise", () => {
    const names = [
      "Acme",
      "Acme Inc.",
      "Acme.",
      "St. Gallen Foods",
      "and/or Foods",
      "Société Générale",
    ];
    expect(names.filter(isAddress)).toEqual([]);
    expect(readWritten("  Acme Inc. ")).toEqual({ as: "name", name: "Acme Inc." });
  });

  it("is a list where there are several lines, each of which counts once", () => {
    expect(readWritten("acme.com\r\n\n  bolt.io/jobs \n# later\nacme.com\nCrusoe\n")).toEqual({
      as: "list",
      lines: ["acme.com", "bolt.io/jobs", "Crusoe"],
    });
  });

  it("is one address where one line alone is left", () => {
    expect(readWritten("\nacme.com\nacme.com\n")).toEqual({ as: "address", address: "acme.com" });
    expect(readWritten(" \n# nobody\n")).toEqual({ as: "nothing" });
  });

  it("is the cell that is an address, of a row out of a table", () => {
    expect(readWritten("Acme\thttps://acme.com/jobs\tBerlin")).toEqual({
      as: "address",
      address: "https://acme.com/jobs",
    });
    expect(readWritten("Acme\t\tBerlin")).toEqual({ as: "name", name: "Acme\t\tBerlin" });
  });

  it("is the same name but for capitals, accents and signs", () => {
    expect(isSameName("Société Générale", "societe generale.")).toBe(true);
    expect(isSameName("Acme", "Acme Foods")).toBe(false);
    expect(isSameName("!", "?")).toBe(false);
  });
});
