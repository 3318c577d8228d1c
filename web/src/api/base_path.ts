// Where the server is: the path that all its addresses have before them, as the document tells.
export const basePath =
  document.querySelector<HTMLMetaElement>('meta[name="rolecall-base"]')?.content ?? "";
