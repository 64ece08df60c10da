/** The part of saxen that is used here; it brings no types of its own. */
declare module 'saxen' {
  export class Parser {
    on(event: 'openTag', listener: (name: string, attributes: () => unknown) => void): this;
    on(event: 'closeTag' | 'text' | 'cdata' | 'comment', listener: (text: string) => void): this;
    on(event: 'error' | 'warn', listener: (error: Error) => void): this;
    write(xml: string): this;
    end(): void;
  }
}
