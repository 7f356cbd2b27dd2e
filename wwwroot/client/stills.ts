import type { StillReading as ServerStillReading, StillReadingList } from "./contracts.generated.ts";

/** What crosses the wire between a page and `/api/v1/images`; the types are the server's own. */
export type { StillFace } from "./contracts.generated.ts";

/** The answer to one picture, and whether the server takes corrections of it. */
export type StillReading = Pick<ServerStillReading, "width" | "height" | "faces" | "timings"> & Pick<StillReadingList, "correctable">;

export interface MeasureOptions {
  /** Requests tokens for correcting the faces; the server then keeps the faces' embeddings for some minutes. */
  readonly correct?: boolean;
  /** The secret of a contributor who has opted in to the face archive: correcting a face that is alone in its picture also stores that face. */
  readonly archivist?: string;
  readonly signal?: AbortSignal;
  readonly url?: string;
}

/** Why a picture has no reading; `code` is the server's error code, or "unreachable". */
export class StillError extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Sends one picture to be read; throws a StillError. */
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
  const { images, correctable } = (await reply.json()) as StillReadingList;
  return { ...images[0]!, correctable };
}

/** From problem details (RFC 9457), or from a proxy's status alone. */
async function refusal(reply: Response): Promise<StillError> {
  try {
    const problem = (await reply.json()) as { readonly code?: string; readonly detail?: string };
    return new StillError(problem.code ?? String(reply.status), problem.detail ?? reply.statusText);
  } catch {
    return new StillError(String(reply.status), reply.statusText);
  }
}
