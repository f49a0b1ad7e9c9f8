/** Any Socket.IO socket, or what a test puts in its place. */
export interface SocketLike {
  readonly connected: boolean;
  on(event: string, listener: (message: any) => void): unknown;
  off(event: string, listener: (message: any) => void): unknown;
  emit(event: string, payload: unknown, answered?: (answer: any) => void): unknown;
}

/** What others may know of a person who is visible to everyone. */
export interface Face {
  key: string;
  name: string;
  avatar: string;
  role: string;
  flag?: string;
}

export interface Handlers<Cells = Record<string, any>, Signals = Record<string, any>> {
  /** All cells of my audiences, and those that have changed; null is one that is gone. */
  cells?(all: Partial<Cells>, changed: Record<string, any>): void;
  /** Faces by slot, null for people without a name. `total` counts those whose faces are not told as well. */
  people?(people: Map<number, Face | null>, total: number): void;
  /** The signals of a tick: by slot the latest, or a sum. */
  signals?(signals: Partial<Signals>): void;
  /** My own slot, null for none, and the milliseconds between two of my signals. */
  me?(me: { slot: number | null; every: number }): void;
  /** A sentence for the reader, "" when all is well again. */
  trouble?(sentence: string): void;
  /** The server's sentence when it refuses to let the page in; `trouble` gets it too, and lost connections. */
  refused?(sentence: string): void;
}

export interface Room {
  readonly name: string;
  readonly slot: number | null;
  /** Resolves the reply; rejects an Error with the server's sentence, or after five seconds. */
  call<Reply = any>(name: string, payload?: object): Promise<Reply>;
  /** At most one in `every` milliseconds goes out, the last one always; null says "gone". */
  signal(name: string, value: unknown): void;
  leave(): void;
}

export class Rooms {
  constructor(socket: SocketLike);
  /** Join a room at the page's place; at once, or when the page has entered one. */
  join<Cells = Record<string, any>, Signals = Record<string, any>>(name: string, handlers?: Handlers<Cells, Signals>): Room;
  /** To be called after each `enter`: joins again what the page has. */
  entered(): void;
  /** Leave all rooms, and stop listening to the socket. */
  close(): void;
}
