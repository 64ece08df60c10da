import { Index } from '@mikro-orm/decorators/legacy';
import { type EntityClass, type EntityMetadata, raw } from '@mikro-orm/postgresql';
import { searchKey, searchKeySql } from './search-key.ts';
import { databaseRole } from './slice.ts';

/** What a search of a table meets: any part of some columns, the beginning of others. */
export interface Search {
  table: string;
  /** Columns of which a part is enough. */
  parts: string[];
  /** The column of the pinyin, met by its beginning, with blanks or without. */
  pinyin?: 'sort_key';
  /** Columns of codes, met by their beginning; in capitals. */
  codes?: string[];
  /** Columns of numbers with dashes, met by their beginning without them. */
  dashed?: string[];
  published?: boolean;
}

/** By class: other databases have tables of the same name. */
const known = new Map<unknown, Search>();

const signs = (search: Search) => `string_to_array(${searchKeySql(search.parts)}, null)`;
const spelled = `replace(sort_key, ' ', '')`;
const undashed = (column: string) => `replace(${column}, '-', '')`;

/** Makes a table searchable: its indexes, and the function that asks them. */
export function Searchable(search: Search): ClassDecorator {
  return target => {
    known.set(target, search);
    const index = (name: string, on: string) =>
      (Index({ name, expression: `create index ${name} on ${search.table} ${on}` }) as ClassDecorator)(target);
    index(`${search.table}_search`, `using gin ((${signs(search)}))`);
    for (const column of search.dashed ?? []) index(`${search.table}_search_${column}`, `((${undashed(column)}))`);
    if (search.pinyin) index(`${search.table}_search_pinyin`, `((left(${spelled}, 200)))`);
  };
}

/** What one looks for as SQL, row by row in the division's interval `lo` to `hi`; as the owner, whose policy lets every index be used. */
export function searchSql(search: Search, where: string): string[] {
  const key = searchKeySql(search.parts);
  const select = (condition: string) => `select e.id from ${search.table} e where ${condition} and ${where}`;
  return [
    select(`string_to_array(${key}, null) @> string_to_array(part, null) and (length(part) = 1 or strpos(${key}, part) > 0)`),
    ...(search.pinyin ? [select(`left(${spelled}, 200) >= part and left(${spelled}, 200) < part || chr(1114111)`)] : []),
    ...(search.codes ?? []).map(column => select(`e.${column} >= upper(part) and e.${column} < upper(part) || chr(1114111)`)),
    ...(search.dashed ?? []).map(column => select(`${undashed(column)} >= part and ${undashed(column)} < part || chr(1114111)`)),
  ];
}

const inInterval = 'e.division_code >= lo and e.division_code < hi';
const publishedAbove = `e.published_downward and e.division_code = any (string_to_array(current_setting('hub.ancestors'), ','))`;

/**
 * The function that finds rows by a text, for the security script. Row security lets no index be used for a part of a text, for the operators
 * are not leakproof. So it looks as the owner does and answers keys alone; the statement that asks reads those rows inside the caller's own
 * slice, so nothing is told of others. The interval of a committee is applied here as well, so that a county does not look through the country.
 */
export function searchFunction(meta: EntityMetadata): string {
  const search = known.get(meta.class);
  if (!search) return '';
  const { table } = search;
  const queries = [...searchSql(search, inInterval), ...(search.published ? searchSql(search, publishedAbove) : [])];
  return `
create or replace function search_${table}(part text) returns setof uuid language plpgsql stable security definer rows 100
set search_path = public set plan_cache_mode = force_custom_plan set work_mem = '32MB' as $$
declare
  isSliced boolean := current_setting('role') in ('${databaseRole.COMMITTEE}', '${databaseRole.REPORTING}');
  lo text := case when isSliced then current_setting('hub.slice_from') else '0' end;
  hi text := case when isSliced then current_setting('hub.slice_to') else ':' end;
begin
${queries.map(query => `  return query ${query};`).join('\n')}
end $$;
grant execute on function search_${table}(text) to ${Object.values(databaseRole).join(', ')};`;
}

/** The condition that a row is found by what somebody searches; nothing is found by signs alone. */
export function searching(type: EntityClass<any>, text: string | null | undefined): { id?: any } {
  if (text === null || text === undefined) return {};
  const key = searchKey(text);
  const search = known.get(type);
  if (!search) throw new Error(`${type.name} is not searchable.`);
  return { id: { $in: key === '' ? [] : raw(`(select search_${search.table}(?))`, [key]) } };
}
