import { create, element } from "./elements.ts";
import type { Place } from "./place.ts";
import { shared } from "./strings.ts";

/** What differs from page to page. */
export interface NoticeWords {
  readonly title: string;
  readonly lead: string;
  /** Who gets the readings. */
  readonly who: string;
  /** What is kept of them on the server; nothing, if not given. */
  readonly kept?: string;
}

/** A server that is slow to tell its operator's text must not keep people from reading the rest. */
const patienceMilliseconds = 3000;

/**
 * Fills the notice that comes before every analysis: what is analysed, for whom, what is kept, what it can't tell, and what the
 * operator has to add. Ends when all of it is there to be read, so that nobody agrees to half of it.
 */
export async function fillNotice({ title, lead, who, kept = shared.noticeStore }: NoticeWords): Promise<void> {
  const head = create("h1", "", title);
  head.id = "notice-title";
  const facts = create("dl", "facts");
  const whom = fact(shared.noticeWhoTitle, who);
  whom.dataset["testid"] = "notice-who";
  const store = fact(shared.noticeStoreTitle, kept);
  store.dataset["testid"] = "notice-store";
  facts.append(
    fact(shared.noticeWhatTitle, shared.noticeWhat),
    whom,
    store,
    fact(shared.noticeLimitTitle, shared.noticeLimit),
  );
  const operator = await operatorsText();
  if (operator) {
    const added = fact(shared.noticeOperatorTitle, operator);
    added.className = "operator";
    added.dataset["testid"] = "notice-operator";
    facts.append(added);
  }
  element("notice-text", HTMLElement).replaceChildren(head, create("p", "lead", lead), facts);
}

/** Who gets the readings of somebody whose analysis goes to this place. */
export function whoSees({ room, name }: Place): string {
  if (!room) return shared.noticeWho;
  return name ? shared.noticeWhoRoomAs(room, name) : shared.noticeWhoRoom(room);
}

function fact(term: string, text: string): HTMLElement {
  const row = create("div");
  row.append(create("dt", "", term), create("dd", "", text));
  return row;
}

/** Plain text of the operator's own; empty when there is none. */
async function operatorsText(): Promise<string> {
  try {
    const reply = await fetch("/api/v1/notice", { signal: AbortSignal.timeout(patienceMilliseconds) });
    return reply.status === 200 ? (await reply.text()).trim() : "";
  } catch {
    return "";
  }
}
