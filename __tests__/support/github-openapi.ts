import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { COMMON } from './github-operations.ts';

type Json = Record<string, unknown>;
interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly schema: Json;
}
interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Json } };
}
interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content | { readonly $ref: string }>>;
}

const file = new URL('github-openapi.json', import.meta.url);
/** GitHub's own description of its REST API (OpenAPI 3.0), as far as we use it; scripts/github-openapi.ts writes it. */
const description = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Record<string, Operation>> };

const resolve = <T>(value: T | { readonly $ref: string }): T => {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as T;
  const names = value.$ref.slice(2).split('/');
  return resolve(names.reduce<unknown>((at, name) => (at as Json)[name.replaceAll('~1', '/')], description) as T);
};

/** OpenAPI 3.0 says `nullable` where JSON Schema has a type, and its references have no siblings. */
function schemaOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(schemaOf);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example, examples, ...rest } = value as Json;
  if (typeof rest.$ref === 'string') return { $ref: rest.$ref.replace('#/components/schemas/', '#/definitions/') };
  const schema = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, schemaOf(inner)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** The components that a schema refers to, and those refer to. */
function definitionsOf(schema: unknown, found: Json = {}): Json {
  if (Array.isArray(schema)) for (const one of schema) definitionsOf(one, found);
  else if (typeof schema === 'object' && schema !== null) {
    for (const [key, value] of Object.entries(schema)) {
      const name = key === '$ref' ? String(value).replace('#/definitions/', '') : null;
      if (name === null) definitionsOf(value, found);
      else if (!(name in found)) {
        found[name] = schemaOf(resolve({ $ref: `#/components/schemas/${name}` }));
        definitionsOf(found[name], found);
      }
    }
  }
  return found;
}

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat('uri', { validate: (text: string) => URL.canParse(text) });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
ajv.addFormat('email', /@/);
for (const number of ['int64', 'int32', 'float', 'double']) ajv.addFormat(number, true);

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value, by a schema of the description. */
function wrong(key: string, schema: unknown, value: unknown): string[] {
  let validate = compiled.get(key);
  if (!validate) {
    const root = schemaOf(schema) as Json;
    validate = ajv.compile({ ...root, definitions: definitionsOf(root) });
    compiled.set(key, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${key}: ${instancePath} ${message}`);
}

/** What is wrong with a request: parameters and properties that are not described are, too. */
export function wrongRequest(method: string, path: string, query: URLSearchParams, body: unknown): string[] {
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (!operation) return [`${method} ${path} is not described`];
  const parameters = (operation.parameters ?? []).map((one) => resolve<Parameter>(one as Parameter));
  const known = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one.schema]));
  const key = `${method} ${path}`;
  const queries = [...query].flatMap(([name, text]) => {
    const schema = known.get(name);
    if (!schema) return [`${key}: the query ${name} is not described`];
    return wrong(`${key} ${name}`, schema, schema.type === 'integer' ? Number(text) : text);
  });
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  if (!schema) return body === undefined ? queries : [...queries, `${key}: takes no body`];
  const properties = Object.keys(schema.properties as Json);
  const unknown = Object.keys((body ?? {}) as Json).filter((name) => !properties.includes(name));
  return [...queries, ...unknown.map((name) => `${key}: ${name} is not described`), ...wrong(key, schema, body)];
}

/** What is wrong with an answer. Of a 429, a 500 and a 502 nothing is described. */
export function wrongAnswer(method: string, path: string, status: number, body: unknown): string[] {
  const described = description.paths[path]?.[method.toLowerCase()]?.responses[status];
  const response = described ?? (COMMON[status] === undefined ? undefined : { $ref: COMMON[status] });
  if (!response) return status === 429 || status >= 500 ? [] : [`${method} ${path}: ${status} is not described`];
  const schema = resolve<Content>(response as Content).content?.['application/json']?.schema;
  return schema ? wrong(`${method} ${path} ${status}`, schema, body) : [];
}
