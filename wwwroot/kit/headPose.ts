import type { HeadPose } from "../client/contracts.ts";

/** The words for each kind of turn, given its degrees. */
export interface PoseWords {
  readonly straight: string;
  head(turns: string): string;
  left(degrees: number): string;
  right(degrees: number): string;
  up(degrees: number): string;
  down(degrees: number): string;
  leftTilt(degrees: number): string;
  rightTilt(degrees: number): string;
}

/** Smaller angles are within the error of the pose estimate. */
const leastDegrees = 8;

/** Which way a head faces, in words; left and right are the person's own. */
export function headPose({ yaw, pitch, roll }: HeadPose, words: PoseWords): string {
  const turns = [
    describe(yaw, words.left, words.right),
    describe(pitch, words.up, words.down),
    describe(roll, words.leftTilt, words.rightTilt),
  ].filter((turn) => turn !== "");
  return turns.length > 0 ? words.head(turns.join(", ")) : words.straight;
}

function describe(angle: number, above: (degrees: number) => string, below: (degrees: number) => string): string {
  const degrees = Math.round(Math.abs(angle));
  return degrees < leastDegrees ? "" : angle > 0 ? above(degrees) : below(degrees);
}
