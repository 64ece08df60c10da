import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** The running hub as the sample meets it: through the same door as every committee. */
export interface SampleDoor {
  url: string;
  token(claims: { role: 'COMMITTEE'; division: string; scopes: string[]; actor: string; minutes: number }): Promise<string>;
  progress(line: string): void;
}

const scopes = ['organisations', 'people', 'campaigns', 'programs']
  .flatMap(noun => [`${noun}:read`, `${noun}:write`])
  .concat('people:personal', 'imports:write');

/** What the loader does at the door, as the city's committee. */
export class Clerk {
  private constructor(
    private readonly url: string,
    private readonly authorization: string,
  ) {}

  static async at({ url, token }: SampleDoor, division: string): Promise<Clerk> {
    const signed = await token({ role: 'COMMITTEE', division, scopes, actor: 'sample-city', minutes: 30 });
    return new Clerk(url, `Bearer ${signed}`);
  }

  /** A mutation carries a key made of itself: loaded again after an interruption, it answers what it did. */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const key = query.startsWith('mutation')
      ? { 'idempotency-key': `sample-${createHash('sha256').update(body).digest('hex').slice(0, 40)}` }
      : {};
    const headers = { 'content-type': 'application/json', authorization: this.authorization, ...key };
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers, body });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
    if (errors?.length) throw new Error(errors[0]!.message);
    return data;
  }

  /** One mutation field for many inputs, in operations of 20; answers in the order of the inputs. */
  async each<T>(field: string, type: string, inputs: object[], selection: string): Promise<T[]> {
    const answers: T[] = [];
    for (let i = 0; i < inputs.length; i += 20) {
      const part = inputs.slice(i, i + 20);
      const declared = part.map((_, n) => `$i${n}: ${type}!`).join(', ');
      const calls = part.map((_, n) => `a${n}: ${field}(input: $i${n}) ${selection}`).join(' ');
      const data = await this.ask<Record<string, T>>(
        `mutation (${declared}) { ${calls} }`,
        Object.fromEntries(part.map((input, n) => [`i${n}`, input])),
      );
      answers.push(...part.map((_, n) => data[`a${n}`]!));
    }
    return answers;
  }

  async import(ledger: string, file: string): Promise<number> {
    const response = await fetch(`${this.url}/imports/${ledger}?name=${encodeURIComponent(basename(file))}`, {
      method: 'POST',
      headers: { authorization: this.authorization, 'content-type': 'application/octet-stream' },
      body: await readFile(file),
    });
    type Problem = { row: number; column: string; message: string };
    const answer = (await response.json()) as {
      import?: { state: string; rowCount: number; problems: Problem[] };
      errors?: { message: string }[];
    };
    if (answer.import?.state === 'APPLIED') return answer.import.rowCount;
    const [problem] = answer.import?.problems ?? [];
    throw new Error(
      `${basename(file)}: ${problem ? `row ${problem.row}, ${problem.column}: ${problem.message}` : answer.errors?.[0]?.message}`,
    );
  }
}
