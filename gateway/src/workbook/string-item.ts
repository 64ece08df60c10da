import { decodeEscapes } from './decode-escapes.ts';

/** Gathers the text of a string that may be cut into runs of different looks. What says how a word is pronounced is no part of it. */
export class StringItem {
  #text = '';
  #isText = false;
  #isPhonetic = false;

  open(name: string): void {
    if (name === 'rPh') this.#isPhonetic = true;
    else if (name === 't') this.#isText = !this.#isPhonetic;
  }

  add(text: string): void {
    if (this.#isText) this.#text += text;
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    else if (name === 'rPh') this.#isPhonetic = false;
  }

  /** What was gathered; the next string begins. */
  take(): string {
    const text = decodeEscapes(this.#text);
    this.#text = '';
    this.#isText = false;
    this.#isPhonetic = false;
    return text;
  }
}
