// Addresses that strangers wrote: only those of the web are led to. Pure.
export function webAddress(url: string): string | null {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "http:" || protocol === "https:" ? href : null;
  } catch {
    return null;
  }
}
