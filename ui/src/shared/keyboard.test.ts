import { describe, expect, it } from "vitest";
import { actOf, stringStop } from "./keyboard";

const press = (code: string, more = {}) => ({ code, ctrlKey: false, metaKey: false, altKey: false, ...more });

describe("keys of the practice screen", () => {
  it("go by physical position", () => {
    expect(actOf(press("Enter"), false)).toBe("again");
    expect(actOf(press("ArrowLeft"), false)).toBe("next");
    expect(actOf(press("Slash"), false)).toBe("why");
    expect(actOf(press("Escape"), false)).toBe("leave");
    expect(actOf(press("PageDown"), false)).toBe("again");
    expect(actOf(press("PageUp"), false)).toBe("next");
    expect(actOf(press("KeyQ"), false)).toBeNull();
  });

  it("leave a focused control its own keys", () => {
    expect(actOf(press("Enter"), true)).toBeNull();
    expect(actOf(press("Space"), true)).toBeNull();
    expect(actOf(press("Slash"), true)).toBe("why");
  });

  it("leave the system its shortcuts", () => {
    expect(actOf(press("ArrowLeft", { altKey: true }), false)).toBeNull();
    expect(actOf(press("Enter", { ctrlKey: true }), false)).toBeNull();
  });
});

describe("arrows among the strings", () => {
  it("follow the picture, and its mirror", () => {
    expect(stringStop("ArrowRight", 0, false)).toBe(1);
    expect(stringStop("ArrowLeft", 1, false)).toBe(0);
    expect(stringStop("ArrowRight", 1, true)).toBe(0);
    expect(stringStop("ArrowLeft", 0, true)).toBe(1);
    expect(stringStop("ArrowDown", 2, true)).toBe(3);
  });

  it("stop at the ends", () => {
    expect(stringStop("ArrowRight", 5, false)).toBe(5);
    expect(stringStop("ArrowLeft", 0, false)).toBe(0);
    expect(stringStop("End", 2, false)).toBe(5);
    expect(stringStop("Tab", 2, false)).toBeNull();
  });
});
