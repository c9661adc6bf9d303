import { describe, expect, it } from "vitest";
import { partsOf, plain } from "./words";

const TITLE = "מעברים בין \u2066Em\u2069 ל־\u2066Am\u2069";

describe("isolated words", () => {
  it("are parts of their own", () => {
    expect(partsOf(TITLE)).toEqual([
      { latin: false, text: "מעברים בין " },
      { latin: true, text: "Em" },
      { latin: false, text: " ל־" },
      { latin: true, text: "Am" },
    ]);
    expect(partsOf("כיוון")).toEqual([{ latin: false, text: "כיוון" }]);
  });

  it("leave no marks in a label", () => {
    expect(plain(TITLE)).toBe("מעברים בין Em ל־Am");
  });
});
