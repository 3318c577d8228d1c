// Addresses that strangers wrote: a link leads to none but those of the web.
export function webAddress(written: string | null): string | null {
  if (written === null || !URL.canParse(written)) return null;
  const { protocol, href } = new URL(written);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
