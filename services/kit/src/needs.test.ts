import { describe, expect, it } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { Needs } from './needs.ts';

const schema = buildSchema(`
  directive @needs(scopes: [String!]!) on OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
  type Query {
    people(where: Filter, orderBy: Order = CREATED, also: [Filter!], deep: String @needs(scopes: ["deep"])): [Person!] @needs(scopes: ["people"])
    anyone: Anyone
    named: Named
    byDefault(orderBy: Order = NAME): String
    open: String
  }
  input Filter { kept: String @needs(scopes: ["role:COMMITTEE"]) search: String @needs(scopes: ["personal"]) gender: String and: [Filter!] orderBy: Order }
  enum Order { CREATED NAME @needs(scopes: ["personal"]) }
  interface Named { name: String }
  type Person implements Named { id: ID! name: String @needs(scopes: ["names"]) history: [String!] @needs(scopes: ["people", "history"]) }
  type Award implements Named @needs(scopes: ["awards"]) { name: String of: Person }
  union Anyone = Person | Award
`);
const needs = new Needs(schema);

function asked(text: string, variables: Record<string, unknown> = {}, name?: string) {
  const document = parse(text);
  const operations = document.definitions.filter(({ kind }) => kind === 'OperationDefinition') as OperationDefinitionNode[];
  return { document, operation: operations.find(each => !name || each.name?.value === name)!, variables };
}
const of = (text: string, variables?: Record<string, unknown>, name?: string) =>
  Object.fromEntries(needs.required(asked(text, variables, name)));

describe('the scopes an operation needs', () => {
  it('are those of its fields and of their types, each with the first place', () => {
    expect(of('{ people { id history } }')).toEqual({ people: 'people', history: 'people.history' });
    expect(of('{ anyone { ... on Award { name } } }')).toEqual({ awards: 'anyone.name' });
  });

  it('are none for names of types and introspection', () => {
    expect(of('{ __typename __schema { types { name } } anyone { __typename ... on Award { __typename } } open }')).toEqual({});
  });

  it('are found in fragments, spread or inline, and under every type that may stand for an interface', () => {
    expect(of('fragment A on Award { of { ...P } } fragment P on Person { history } { anyone { ...A ...P } }')).toEqual({
      awards: 'anyone.of',
      people: 'anyone.of.history',
      history: 'anyone.of.history',
    });
    expect(of('{ named { name } }')).toEqual({ names: 'named.name', awards: 'named.name' });
  });

  it('are counted whatever @skip and @include say', () => {
    expect(of('{ open people @skip(if: true) { id } ... @include(if: false) { anyone { ... on Award { name } } } }')).toEqual({
      people: 'people',
      awards: 'anyone.name',
    });
  });

  it('are those of arguments, input fields and enum values, but null asks for nothing', () => {
    expect(of('{ people(deep: "x") { id } }')).toMatchObject({ deep: 'people.deep' });
    expect(of('{ people(where: { search: "x" }) { id } }')).toMatchObject({ personal: 'people.where.search' });
    expect(of('{ people(where: { and: { and: [{ search: "x" }] } }) { id } }')).toMatchObject({
      personal: 'people.where.and.and.search',
    });
    expect(of('{ people(orderBy: NAME) { id } }')).toMatchObject({ personal: 'people.orderBy' });
    expect(of('{ people(where: { search: null, orderBy: CREATED }, orderBy: CREATED, deep: null) { id } }')).toEqual({
      people: 'people',
    });
    expect(of('{ byDefault }')).toEqual({ personal: 'byDefault.orderBy' });
  });

  it('follow variables into objects, lists, single values for lists and defaults', () => {
    const where = 'query ($where: Filter, $also: [Filter!]) { people(where: $where, also: $also) { id } }';
    expect(of(where)).toEqual({ people: 'people' });
    expect(of(where, { where: { gender: 'f', search: null } })).toEqual({ people: 'people' });
    expect(of(where, { where: { search: '' } })).toMatchObject({ personal: 'people.where.search' });
    expect(of(where, { where: { orderBy: 'NAME' } })).toMatchObject({ personal: 'people.where.orderBy' });
    expect(of(where, { also: [{ gender: 'f' }, { and: { search: 'x' } }] })).toMatchObject({
      personal: 'people.also.and.search',
    });
    expect(of(where, { also: { search: 'x' } })).toMatchObject({ personal: 'people.also.search' });
    const inside = 'query ($text: String, $by: Order = NAME) { people(where: { search: $text }, orderBy: $by) { id } }';
    expect(of(inside, { by: 'CREATED' })).toEqual({ people: 'people' });
    expect(of(inside, { by: 'CREATED', text: 'x' })).toMatchObject({ personal: 'people.where.search' });
    expect(of(inside)).toMatchObject({ personal: 'people.orderBy' });
  });

  it('are those of the operation that is executed, each time anew', () => {
    const two = 'query A { open } query B ($by: Order) { people(orderBy: $by) { id } }';
    expect(of(two, {}, 'A')).toEqual({});
    const same = asked(two, {}, 'B');
    const again = (by: string) => Object.fromEntries(needs.required({ ...same, variables: { by } }));
    expect([again('CREATED'), again('NAME'), again('CREATED')]).toEqual([
      { people: 'people' },
      { people: 'people', personal: 'people.orderBy' },
      { people: 'people' },
    ]);
  });

  it('are read once from fragments that double at every level', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Award { of { id } ...F${i + 1} ...F${i + 1} }`);
    expect(of(`${levels.join(' ')} fragment F40 on Award { of { history } } { anyone { ...F0 } }`)).toMatchObject({
      history: 'anyone.of.history',
    });
  });

  it('refuse the whole operation, naming each scope that is missing', () => {
    const refuse = () => needs.check(asked('{ people { history name } }'), { role: 'COMMITTEE', scopes: new Set(['people']) });
    expect(refuse).toThrow('lacks the scope history, which people.history needs; and names, which people.name needs');
    expect(refuse).toThrow(expect.objectContaining({ extensions: expect.objectContaining({ missing: ['history', 'names'] }) }));
    expect(() => needs.check(asked('{ people { id } }'), { role: 'COMMITTEE', scopes: new Set(['people']) })).not.toThrow();
  });

  it('ask for a role where only its holders write a field: of null too, and no scope passes for it', () => {
    const refusal = (text: string, variables: Record<string, unknown>, role: 'COMMITTEE' | 'ORGANISATION') => {
      const scopes = new Set(['people', 'role:COMMITTEE']);
      try {
        needs.check(asked(text, variables), { role, scopes });
      } catch (error) {
        return (error as Error).message;
      }
    };
    const given = 'query ($kept: String) { people(where: { kept: $kept }) { id } }';
    const ways: [string, Record<string, unknown>][] = [
      ['{ people(where: { kept: "x" }) { id } }', {}],
      ['{ people(where: { kept: null }) { id } }', {}],
      [given, { kept: 'x' }],
      [given, { kept: null }],
      ['query ($where: Filter) { people(where: $where) { id } }', { where: { kept: null } }],
    ];
    for (const [text, variables] of ways) {
      expect(refusal(text, variables, 'ORGANISATION')).toContain('people.where.kept: only the committee writes it');
      expect(refusal(text, variables, 'COMMITTEE')).toBeUndefined();
    }
    expect(refusal(given, {}, 'ORGANISATION')).toBeUndefined();
  });
});
