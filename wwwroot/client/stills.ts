import type { Box, Emotion, HeadPose, Timings } from "./contracts.ts";

/** What crosses the wire between a page and `/api/v1/images`; names and units as the server writes them. */

/** One face of a picture; everything is this picture's own answer. */
export interface StillFace {
  readonly id: string;
  readonly box: Box;
  /** Right eye, left eye, nose, right and left mouth corner as x, y pairs; right and left are the person's own. */
  readonly points: readonly number[] | null;
  readonly confidence: number;
  readonly emotions: readonly number[];
  readonly dominant: Emotion;
  readonly certainty: number;
  /** Too uncertain for a word: a hand before the face, a mask, a blurred picture. */
  readonly unclear?: true;
  readonly valence: number;
  readonly arousal: number;
  /** Six rows of six, 0..1, over the face's square crop: what spoke for the dominant emotion. */
  readonly heatmap?: readonly number[] | null;
  /** Which way the head faces; older servers do not say. */
  readonly pose?: HeadPose | null;
  /** Names the face in a correction, for some minutes; only when asked for. */
  readonly correctionToken?: string;
}

export interface StillReading {
  readonly width: number;
  readonly height: number;
  /** The surest first; nobody in the picture is an empty list. */
  readonly faces: readonly StillFace[];
  readonly timings: Timings;
  /** Whether the server takes corrections. */
  readonly correctable: boolean;
}

export interface MeasureOptions {
  /** Asks for tokens to correct the faces with; the server then remembers the faces' numbers for some minutes. */
  readonly correct?: boolean;
  /** The secret of a contributor who has opted in to the face archive: a correction of a face that is alone in its picture keeps it, too. */
  readonly archivist?: string;
  readonly signal?: AbortSignal;
  readonly url?: string;
}

/** Why there is no reading of a picture; `code` is the server's word for it, or "unreachable". */
export class StillError extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Sends one picture to be read; throws a StillError when it can't be. */
export async function measurePicture(picture: Blob, { correct = false, archivist, signal, url = "api/v1/images" }: MeasureOptions = {}): Promise<StillReading> {
  const form = new FormData();
  form.append("image", picture);
  let reply: Response;
  try {
    reply = await fetch(`${url}?heatmap=true${correct ? "&correct=true" : ""}${archivist ? "&archive=true" : ""}`, {
      method: "POST",
      body: form,
      ...(archivist ? { headers: { authorization: `Bearer ${archivist}` } } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    throw new StillError("unreachable", String(error));
  }
  if (!reply.ok) throw await refusal(reply);
  const { images, correctable } = (await reply.json()) as { readonly images: readonly Omit<StillReading, "correctable">[]; readonly correctable?: boolean };
  return { ...images[0]!, correctable: correctable === true };
}

/** Problem details (RFC 9457), or, from a proxy that answers for the server, nothing but a status. */
async function refusal(reply: Response): Promise<StillError> {
  try {
    const problem = (await reply.json()) as { readonly code?: string; readonly detail?: string };
    return new StillError(problem.code ?? String(reply.status), problem.detail ?? reply.statusText);
  } catch {
    return new StillError(String(reply.status), reply.statusText);
  }
}
