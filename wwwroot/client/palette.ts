import type { Emotion } from "./contracts.ts";

/**
 * One colour an emotion, the same in every chart and overlay. Each has a relative luminance between 0.15 and 0.29, which
 * is a contrast of at least 3:1 against both a white and a near-black page (WCAG 2.2, 1.4.11).
 */
export const palette: Readonly<Record<Emotion, string>> = {
  neutral: "#7d8a9a",
  happy: "#c08400",
  surprise: "#a35cf0",
  sad: "#3b82f6",
  angry: "#e5484d",
  disgust: "#4b9632",
  fear: "#0c94a3",
  contempt: "#d6409f",
};
