import type { ConnectionState } from "./emotionConnection.ts";
import type { ConnectionError } from "./hub.ts";
import { RoomConnection } from "./roomConnection.ts";
import type { RoomUpdate } from "./roomContracts.ts";

export interface WatchOptions {
  /** Updates a second, 1 to 30. */
  readonly rateHz?: number;
  /** A viewer's token, where the room asks for one. */
  readonly token?: string | undefined;
  /** The hub's address, for a server elsewhere. */
  readonly url?: string;
  readonly onState?: (state: ConnectionState) => void;
  readonly onRefused?: (error: ConnectionError) => void;
}

/** Ends what it stands for, at once. */
export interface Stoppable {
  stop(): void;
}

/** Watches a room: `onUpdate` is told who is there and how they appear, until `stop()`. Broken connections come back by themselves. */
export function watchRoom(room: string, onUpdate: (update: RoomUpdate) => void, options: WatchOptions = {}): Stoppable {
  const { rateHz = 5, token, url, onState, onRefused } = options;
  const connection = new RoomConnection(
    token === undefined ? { room, rateHz } : { room, rateHz, token },
    { updated: onUpdate, stateChanged: (state) => onState?.(state), refused: (error) => onRefused?.(error) },
    url,
  );
  void connection.run();
  return connection;
}
