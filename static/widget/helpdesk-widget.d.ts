/** The helpdesk's chat on a page: what `window.HelpdeskWidget` offers. See docs/widget.md. */

export type View = "home" | "chat" | "help" | "callback" | "message";
export type Stage = "before" | "during" | "after";
export type Language = "en" | "tr" | "pl";

export interface Cart {
  /** Of all that is in it. */
  value: number;
  /** ISO 4217, such as "EUR". */
  currency?: string;
}

export interface Events {
  /** The chat's frame is loaded; again after it was loaded anew. */
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages have not been read. */
  unread: number;
  /** Somebody has answered. */
  message: { conversation: string; from: "agent" | "bot" | "system" };
  "chat-started": { conversation: string };
  "chat-ended": { conversation: string };
  rated: { conversation: string; score: number };
  /** The signed token was accepted. */
  identified: unknown;
}

/** A command and its arguments, for the time before the script has come. */
export type Queued =
  | { [Name in keyof Commands]: [Name, ...Parameters<Commands[Name]>] }[keyof Commands]
  | "open" | "close" | "toggle" | "hide" | "show" | "logout";

export interface Commands {
  /** Shows the chat, at one of its views or where it was. */
  open(view?: View): void;
  /** Minimises it; the focus goes back to the launcher if it was in the chat. */
  close(): void;
  toggle(): void;
  /** Takes the launcher away, until `show`. */
  hide(): void;
  show(): void;
  /** Says who the visitor is: a token that the shop's server has signed. */
  identify(jwt: string): void;
  /** Forgets the visitor in this browser and at the help desk. */
  logout(): void;
  /** What agents should know of him; adds to what was set before. */
  setAttributes(attributes: Record<string, string | number | boolean | null>): void;
  setLocale(language: Language): void;
  /** Where in the purchase he is, and what he is about to buy. */
  setStage(stage: Stage, cart?: Cart): void;
  on<Name extends keyof Events>(event: Name, listener: (detail: Events[Name]) => void): void;
  /** Without a listener: all of this event. */
  off<Name extends keyof Events>(event: Name, listener?: (detail: Events[Name]) => void): void;
}

export interface HelpdeskWidget extends Commands {
  q: { push(command: Queued): unknown };
}

declare global {
  interface Window {
    HelpdeskWidget: HelpdeskWidget;
  }
}
