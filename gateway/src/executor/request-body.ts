import type { FetchNode } from '@apollo/query-planner';

/** The text of one request, from the client's variables and the serialised representations. */
export type RequestBody = (variables: Record<string, unknown>, representations?: readonly string[]) => string;

/** Serialises what is the same each time, the operation's text above all, once. */
export function compileBody({ operation, operationName, variableUsages = [] }: FetchNode): RequestBody {
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  const head = `{"query":${JSON.stringify(operation)},${name}"variables":{`;
  const usages = variableUsages.map(variable => ({ variable, key: `${JSON.stringify(variable)}:` }));
  return (variables, representations) => {
    let text = head;
    let comma = '';
    for (const { variable, key } of usages) {
      if (!Object.hasOwn(variables, variable) || variables[variable] === undefined) continue;
      if (representations && variable === 'representations') throw new Error('Variables cannot contain key "representations"');
      text += comma + key + JSON.stringify(variables[variable]);
      comma = ',';
    }
    if (representations) text += `${comma}"representations":[${representations.join(',')}]`;
    return `${text}}}`;
  };
}
