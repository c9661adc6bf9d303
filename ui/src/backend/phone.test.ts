import { describe, expect, it } from "vitest";
import { isPhone } from "./phone";

describe("a phone or a tablet", () => {
  it("is told from a computer, an iPad from a Macintosh", () => {
    expect(isPhone({ userAgent: "Mozilla/5.0 (Linux; Android 15; Pixel 8)", maxTouchPoints: 5 })).toBe(true);
    expect(isPhone({ userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", maxTouchPoints: 5 })).toBe(true);
    expect(isPhone({ userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", maxTouchPoints: 5 })).toBe(true);
    expect(isPhone({ userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", maxTouchPoints: 0 })).toBe(false);
    expect(isPhone({ userAgent: "Mozilla/5.0 (X11; Linux x86_64)", maxTouchPoints: 10 })).toBe(false);
  });
});
