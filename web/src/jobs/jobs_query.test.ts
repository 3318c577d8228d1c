import { describe, expect, it } from "vitest";

import {
  addressOfNumber,
  askedOf,
  countOfStatus,
  hasPlace,
  hasWord,
  placesIn,
  readQuery,
  withCompany,
  withPlace,
  withWord,
  writeQuery,
} from "./jobs_query";

const read = (address: string) => readQuery(new URLSearchParams(address));

describe("what is asked for", () => {
  it("is read of the address and written to it again", () => {
    const address =
      "q=cook+is%3Anew&company=acme&company=bolt&status=expired&sort=newest&exact=true";

    expect(writeQuery(read(address)).toString()).toBe(address);
  });

  it("is what is open, where an address says nothing or nonsense", () => {
    for (const address of ["", "status=great&sort=up&exact=1&company="])
      expect(read(address)).toEqual({
        q: "",
        companies: [],
        status: "open",
        made: null,
        sort: null,
        exact: false,
      });
    expect(writeQuery(read("status=open&q=+")).toString()).toBe("");
  });

  it("leaves out what the server knows itself", () => {
    expect(askedOf(read(""))).toEqual({ status: "open" });
    expect(askedOf(read("q=cook&company=acme&exact=true&sort=title&status=all"))).toEqual({
      q: "cook",
      company: ["acme"],
      status: "all",
      sort: "title",
      exact: true,
    });
  });
});

describe("the number of a run", () => {
  it("is asked for with what became of jobs, whatever their status", () => {
    const query = read("run=12&fate=expired");

    expect(query.made).toEqual({ run: 12, fate: "expired" });
    expect(askedOf(query)).toEqual({ status: "all", run: 12, fate: "expired" });
    expect(writeQuery(query).toString()).toBe("run=12&fate=expired");
    expect(writeQuery(read("run=12&fate=new&status=open")).toString()).toBe(
      "run=12&fate=new&status=open",
    );
    expect(addressOfNumber({ run: 12, fate: "new" }, "a b")).toBe(
      "/jobs?run=12&fate=new&company=a+b",
    );
  });

  it("is none where either is missing, or nonsense", () => {
    for (const address of [
      "run=12",
      "fate=new",
      "run=x&fate=new",
      "run=12&fate=excluded",
      "run=0&fate=new",
    ])
      expect(read(address).made).toBeNull();
  });
});

describe("words of the text", () => {
  it("are set and taken away, whatever else was typed", () => {
    expect(withWord("cook  zurich", "is:new", true)).toBe("cook zurich is:new");
    expect(withWord("IS:new cook is:new", "is:new", false)).toBe("cook");
    expect(withWord("is:new", "is:new", true)).toBe("is:new");
    expect(hasWord("cook IS:NEW", "is:new")).toBe(true);
    expect(hasWord("cook is:newest", "is:new")).toBe(false);
  });

  it("and companies are asked for once", () => {
    const query = read("company=acme");

    expect(withCompany(withCompany(query, "bolt", true), "bolt", true).companies).toEqual([
      "acme",
      "bolt",
    ]);
    expect(withCompany(query, "acme", false).companies).toEqual([]);
  });
});

describe("names of places", () => {
  it("stand among the words, within quotes where they are of several", () => {
    const q = withPlace(withPlace("cook", "New York", true), "Bern", true);

    expect(q).toBe('cook in:"New York" in:Bern');
    expect(placesIn(q)).toEqual(["New York", "Bern"]);
    expect(hasPlace(q, "new york")).toBe(true);
    expect(hasPlace(q, "York")).toBe(false);
    expect(withPlace(q, "new york", false)).toBe("cook in:Bern");
    expect(withPlace(q, "Bern", true)).toBe(q);
  });

  it("are told from other words", () => {
    expect(placesIn('berlin:x sin:Bern in: in:"" "in:Rome')).toEqual([]);
    expect(placesIn('IN:Rome in:"Los Angeles')).toEqual(["Rome", "Los Angeles"]);
    expect(withPlace("Zürich in:Zürich", "zurich", false)).toBe("Zürich");
  });
});

describe("counts of a status", () => {
  it("are sums where the server counts parts", () => {
    const facet = { ready: 5, pending: 2, error: 1, expired: 7 };

    expect(countOfStatus(facet, "open")).toBe(8);
    expect(countOfStatus(facet, "all")).toBe(15);
    expect(countOfStatus(facet, "expired")).toBe(7);
    expect(countOfStatus(facet, "missing")).toBeNull();
  });
});
