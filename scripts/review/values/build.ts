import { isSecretPlace, marksAt, type Standing, standingInList, standingOf } from './collect';
import { Hidden } from './hidden';
import { alsoKnown, hide, type Known, knownSecrets, secretsInFiles, secretsInText } from './hide';
import { asJson, asJsonText, field, isRecord, type JsonRecord, jsonText } from './json';
import { Document, Files, type Node, Unknown } from './node';
import { originOf, type References } from './references';
import { isUserData, renderUserData } from './user-data';

/** Levels that are looked into; what is deeper is compared as one. */
const deepest = 40;

export type Path = readonly (string | number)[];

export interface Sources {
  readonly known: Known;
  readonly references?: References | undefined;
}

/** A value with what a plan says about it at the same place. */
export interface Place {
  readonly value: unknown;
  /** The trees of marks of both sides: what is sensitive on one is not shown on the other. */
  readonly marks: readonly unknown[];
  readonly unknown: unknown;
  readonly path: Path;
  readonly standing: Standing;
}

/** A value of a plan without its secrets, its texts unpacked; undefined where there is none. */
export function buildNode(place: Place, sources: Sources): Node | undefined {
  const { value, marks, unknown, path } = place;
  if (unknown === true) {
    const { configured, from } = originOf(sources.references, path);
    return new Unknown(configured, from);
  }
  if (path.length > deepest) return Hidden.whole(jsonText(value), 'nested too deeply to be shown ');
  if (marks.includes(true)) return value === null || value === undefined ? null : Hidden.whole(jsonText(value));
  if (Array.isArray(value)) return buildList(value, place, sources);
  if (isRecord(value) || (value === undefined && isRecord(unknown))) {
    return buildFields(isRecord(value) ? value : {}, place, sources);
  }
  return buildLeaf(place, sources);
}

function buildList(list: readonly unknown[], { marks, unknown, path, standing }: Place, sources: Sources): Node {
  const inList = standingInList(standing);
  return list.map((value, index) => {
    const inside = Array.isArray(unknown) ? (unknown[index] as unknown) : undefined;
    const place = { value, marks: marksAt(marks, index), unknown: inside, path: [...path, index], standing: inList };
    return buildNode(place, sources) ?? null;
  });
}

function buildFields(record: JsonRecord, { marks, unknown, path, standing }: Place, sources: Sources): Node {
  const unknowns = isRecord(unknown) ? unknown : {};
  const keys = [...new Set([...Object.keys(record), ...Object.keys(unknowns)])];
  const entries = keys.map((key) => {
    const inside = { value: field(record, key), marks: marksAt(marks, key), unknown: field(unknowns, key) };
    const place = { ...inside, path: [...path, key], standing: standingOf(standing, record, key) };
    return [key, buildNode(place, sources) ?? null] as const;
  });
  return Object.fromEntries(entries);
}

function buildLeaf({ value, path, standing }: Place, { known }: Sources): Node | undefined {
  if (value === undefined) return undefined;
  if (value === null || typeof value === 'boolean') return value;
  if (value !== '' && isSecretPlace(standing)) return Hidden.whole(jsonText(value));
  if (typeof value === 'number') return known.includes(String(value)) ? Hidden.whole(String(value)) : value;
  return typeof value === 'string' ? buildText(value, path, standing, known) : null;
}

function buildText(text: string, path: Path, standing: Standing, known: Known): Node {
  if (text === '') return text;
  const json = path.length < deepest ? (asJson(text) ?? asJsonText(text)) : undefined;
  if (json === undefined) return isUserData(standing.name) ? buildFiles(text, known) : hide(text, known);
  if (typeof json === 'string') return new Document(buildText(json, [...path, 0], standing, known));
  const all = alsoKnown(known, knownSecrets(secretsInText(text, known)));
  const place = { value: json, marks: [], unknown: undefined, path: [...path, 0], standing };
  return new Document(buildNode(place, { known: all }) ?? null);
}

function buildFiles(text: string, known: Known): Files {
  const contents = renderUserData(text);
  return new Files(contents, () => hide(text, secretsInFiles([...contents.values()], known)));
}
