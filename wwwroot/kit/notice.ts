import { create, element } from "./elements.ts";
import type { Place } from "./place.ts";
import { shared } from "./strings.ts";

/** What differs from page to page. */
export interface NoticeWords {
  readonly title: string;
  readonly lead: string;
  /** Who gets the readings. */
  readonly who: string;
  /** What the server stores of them; the usual text if omitted. */
  readonly kept?: string;
}

/** A slow answer with the operator's text must not keep people from reading the rest. */
const patienceMilliseconds = 3000;

/**
 * Fills the notice that comes before every analysis: what is analyzed, who sees it, what is stored, what it can't tell, and the
 * operator's own text. Completes when all of it is visible, so that nobody agrees to half of it.
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

/** Who sees the readings of a person whose analysis goes to this place. */
export function whoSees({ room, name }: Place): string {
  if (!room) return shared.noticeWho;
  return name ? shared.noticeWhoRoomAs(room, name) : shared.noticeWhoRoom(room);
}

function fact(term: string, text: string): HTMLElement {
  const row = create("div");
  row.append(create("dt", "", term), create("dd", "", text));
  return row;
}

/** The operator's text, plain; empty if there is none. */
async function operatorsText(): Promise<string> {
  try {
    const reply = await fetch("/api/v1/notice", { signal: AbortSignal.timeout(patienceMilliseconds) });
    return reply.status === 200 ? (await reply.text()).trim() : "";
  } catch {
    return "";
  }
}
