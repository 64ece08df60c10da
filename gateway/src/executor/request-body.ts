import type { FetchNode } from '@apollo/query-planner';

/** The text of one request, from the client's variables and lists of serialised representations. */
export type RequestBody = (variables: Record<string, unknown>, ...lists: readonly (readonly string[])[]) => string;

/** The variable that holds the representations of an `_entities` fetch of a plan. */
export const representations = 'representations';

/** Serialises what is the same each time, the operation's text above all, once. The lists are sent under the names given. */
export function compileBody(
  { operation, operationName, variableUsages = [] }: Pick<FetchNode, 'operation' | 'operationName' | 'variableUsages'>,
  names: readonly string[] = [representations],
): RequestBody {
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  const head = `{"query":${JSON.stringify(operation)},${name}"variables":{`;
  const usages = variableUsages.map(variable => ({ variable, key: `${JSON.stringify(variable)}:` }));
  return (variables, ...lists) => {
    let text = head;
    let comma = '';
    for (const { variable, key } of usages) {
      if (!Object.hasOwn(variables, variable) || variables[variable] === undefined) continue;
      if (lists.length > 0 && variable === representations) throw new Error(`Variables cannot contain key "${representations}"`);
      text += comma + key + JSON.stringify(variables[variable]);
      comma = ',';
    }
    for (const [i, list] of lists.entries()) {
      text += `${comma}"${names[i]}":[${list.join(',')}]`;
      comma = ',';
    }
    return `${text}}}`;
  };
}
