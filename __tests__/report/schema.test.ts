import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Report } from '../../src/report/report.ts';
import { fine } from '../support/gate.ts';
import { REPORTS, reportOn } from '../support/reports.ts';

interface Schema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

const published = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8')) as Schema;

/** The schema in which a key that it does not name is an error, everywhere. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  return Object.fromEntries('properties' in schema ? [...entries, ['additionalProperties', false]] : entries);
}

function compile(schema: object): ValidateFunction {
  const formats = { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ };
  return new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, formats }).compile(schema);
}

const valid = compile(published);
const validAndKnown = compile(closed(published) as object);

/** What is wrong with a report, as `place message`. */
function problems(report: unknown, validate = validAndKnown): string[] {
  validate(JSON.parse(JSON.stringify(report)));
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** Every schema of a property, with its name. */
function properties(schema: unknown): [string, Schema][] {
  if (schema === null || typeof schema !== 'object') return [];
  const own = 'properties' in schema ? Object.entries(schema.properties as Record<string, Schema>) : [];
  return [...own, ...Object.values(schema).flatMap(properties)];
}

const described = ({ $ref, ...schema }: Schema): Schema => {
  const name = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : '';
  return { ...(published.$defs as Record<string, Schema>)[name], ...schema };
};

describe('the published schema', () => {
  test('names its form and its draft, and refuses no addition', () => {
    expect(published.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(published.$id).toMatch(/^https:\/\/github\.com\/[^/]+\/smtp-gate\/(?:.*\/)?docs\/report\.schema\.json$/);
    expect(JSON.stringify(published)).not.toMatch(/additionalProperties|unevaluatedProperties/);
  });

  test.each(properties(published))('describes %s', (name, schema) => {
    const { description } = described(schema);
    expect(description).toMatch(/\S/);
    if (name.endsWith('Ms')) expect(description).toMatch(/milliseconds/);
  });

  test('requires every key that it names', () => {
    const objects = (schema: unknown): Schema[] =>
      schema === null || typeof schema !== 'object'
        ? []
        : [...('properties' in schema ? [schema as Schema] : []), ...Object.values(schema).flatMap(objects)];
    const found = objects(published).filter(({ properties: named }) => typeof named?.properties !== 'object');
    expect(found.length).toBeGreaterThan(8);
    // Reports that are older than the delivery check, and those of the gate, have none.
    const isRequired = (name: string) => name !== 'delivery';
    for (const { properties: named = {}, required } of found)
      expect(required).toEqual(Object.keys(named).filter(isRequired));
  });
});

describe('the report on', () => {
  test.each(REPORTS)('%s is as the schema says, and holds nothing else', async (_, make) => {
    const report = await make();
    expect(problems(report)).toEqual([]);
    expect(problems(report, valid)).toEqual([]);
  });

  test('a secured connection will be as the schema says', async () => {
    const report = await reportOn(fine);
    const tls = {
      protocol: 'TLSv1.3',
      cipher: 'TLS_AES_256_GCM_SHA384',
      authorized: true,
      subject: 'CN=mail.example.com',
      issuer: 'CN=Example CA',
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2026-04-01T00:00:00.000Z',
      daysLeft: -1,
    };
    const secured = {
      ...report,
      targets: [{ ...report.targets[0], tls, capabilities: ['SIZE 20000000', 'SMTPUTF8'] }],
    };
    expect(problems(secured)).toEqual([]);
  });
});

describe('the schema', () => {
  const changes: [string, (report: Report) => object, RegExp][] = [
    ['a key that is not documented', (report) => ({ ...report, extra: 1 }), /additional properties/],
    [
      'one in a target',
      (report) => ({ ...report, targets: [{ ...report.targets[0], extra: 1 }] }),
      /targets\/0 .*additional/,
    ],
    [
      'one in what was probed',
      (report) => ({
        ...report,
        targets: [{ ...report.targets[0], target: { host: 'a', port: 1, label: 'a:1', extra: 1 } }],
      }),
      /target .*additional/,
    ],
    ['a key that is missing', ({ code, ...report }) => report, /required.*code/],
    ['another form', (report) => ({ ...report, schema: 'smtp-gate/report@2' }), /schema must be equal/],
    ['a status that is none', (report) => ({ ...report, status: 'ok' }), /status must be equal/],
    ['a time of no form', (report) => ({ ...report, startedAt: 'today' }), /startedAt must match format/],
    ['a fraction of a millisecond', (report) => ({ ...report, durationMs: 0.5 }), /durationMs must be integer/],
    ['a target that is null', (report) => ({ ...report, targets: [null] }), /targets\/0 must be object/],
  ];

  test.each(changes)('refuses %s', async (_, change, problem) => {
    expect(problems(change(await reportOn(fine))).join('\n')).toMatch(problem);
  });

  test('as it is published lets a later version add a key', async () => {
    expect(problems({ ...(await reportOn(fine)), extra: 1 }, valid)).toEqual([]);
  });
});
