/** Where readings go besides this page: a room, and the name to show there. */
export interface Place {
  readonly room?: string;
  readonly name?: string;
  readonly token?: string;
}

/** The place given in the page's address: `?room=NAME&name=...&token=...`. */
export function placeOf(address: string): Place {
  const query = new URLSearchParams(address);
  const room = query.get("room")?.trim();
  const name = query.get("name")?.trim();
  const token = query.get("token");
  return room ? { room, ...(name ? { name } : {}), ...(token ? { token } : {}) } : {};
}
