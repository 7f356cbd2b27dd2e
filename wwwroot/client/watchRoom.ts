import type { ConnectionState } from "./emotionConnection.ts";
import type { ConnectionError } from "./hub.ts";
import { RoomConnection } from "./roomConnection.ts";
import type { RoomUpdate } from "./roomContracts.ts";

export interface WatchOptions {
  /** Updates per second, 1 to 30. */
  readonly rateHz?: number;
  /** A viewer token, if the room requires one. */
  readonly token?: string | undefined;
  /** The hub's address, for a server elsewhere. */
  readonly url?: string;
  readonly onState?: (state: ConnectionState) => void;
  readonly onRefused?: (error: ConnectionError) => void;
}

/** Something that can be stopped immediately. */
export interface Stoppable {
  stop(): void;
}

/** Watches a room until `stop()`: `onUpdate` receives who is there and how they appear. Reconnects automatically. */
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
