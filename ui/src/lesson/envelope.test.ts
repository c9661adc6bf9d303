import { describe, expect, it } from "vitest";
import { Envelope, meterShare } from "./envelope";

describe("the envelope between measurements", () => {
  it("goes straight from one to the next and then rests", () => {
    const envelope = new Envelope();
    envelope.push([1, 0.5, 0, 0, 0, 0], 1000);
    expect(envelope.at(1000)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(envelope.at(1025)[0]).toBeCloseTo(0.5, 9);
    expect(envelope.at(1050)).toEqual([1, 0.5, 0, 0, 0, 0]);
    expect(envelope.isAtRest(1049)).toBe(false);
    expect(envelope.isAtRest(1050)).toBe(true);
  });

  it("makes up no decay: without a new measurement it stays", () => {
    const envelope = new Envelope();
    envelope.push([0.7, 0, 0, 0, 0, 0], 0);
    expect(envelope.at(60_000)[0]).toBeCloseTo(0.7, 9);
  });

  it("starts a new line from where it is, not from where it was going", () => {
    const envelope = new Envelope();
    envelope.push([1, 0, 0, 0, 0, 0], 0);
    envelope.push([0, 0, 0, 0, 0, 0], 25);
    expect(envelope.at(25)[0]).toBeCloseTo(0.5, 9);
    expect(envelope.at(50)[0]).toBeCloseTo(0.25, 9);
  });

  it("is still at once when no sound can come any more", () => {
    const envelope = new Envelope();
    envelope.push([1, 0, 0, 0, 0, 0], 0);
    envelope.still();
    expect(envelope.at(10)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("holds levels to 0–1 and fills in missing strings", () => {
    const envelope = new Envelope();
    envelope.push([3, -1], 0);
    expect(envelope.at(50)).toEqual([1, 0, 0, 0, 0, 0]);
  });
});

describe("the meter", () => {
  it("spans sixty decibels", () => {
    expect(meterShare(1)).toBe(1);
    expect(meterShare(10)).toBe(1);
    expect(meterShare(0.001)).toBeCloseTo(0, 9);
    expect(meterShare(0)).toBe(0);
    expect(meterShare(0.031623)).toBeCloseTo(0.5, 4);
  });
});
