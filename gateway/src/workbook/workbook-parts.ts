import { damaged, type Zip } from '../imports/zip.ts';
import { decodeEntities } from './decode-entities.ts';
import { type Attributes, parseXml } from './parse-xml.ts';

export interface Sheet {
  name: string;
  /** Where its cells are; charts have none. */
  part?: string;
  isHidden: boolean;
}

export interface WorkbookParts {
  sheets: Sheet[];
  strings?: string;
  styles?: string;
  isFrom1904: boolean;
  isUncalculated: boolean;
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

/** Which sheets a workbook has and where its parts are. */
export function workbookParts(zip: Zip, workbook: string): WorkbookParts {
  const content = zip.read(workbook);
  const targets = relationsOf(zip, workbook);
  const ofType = (type: string) => [...targets.values()].find(target => target.type === type && zip.has(target.part))?.part;
  const parts: WorkbookParts = {
    sheets: [],
    strings: ofType('sharedStrings'),
    styles: ofType('styles'),
    isFrom1904: false,
    isUncalculated: false,
  };
  parseXml(content, {
    open: (name, attributes) => {
      if (name === 'sheet') parts.sheets.push(sheetOf(attributes(), targets));
      else if (name === 'workbookPr') parts.isFrom1904 = isTrue(attributes().date1904);
      else if (name === 'calcPr') parts.isUncalculated = isTrue(attributes().fullCalcOnLoad);
    },
  });
  return parts;
}

/** The part that the archive names as its workbook, which is nearly always `xl/workbook.xml`. */
export function workbookPart(zip: Zip): string | undefined {
  const usual = 'xl/workbook.xml';
  if (zip.has(usual) || !zip.has('_rels/.rels')) return zip.has(usual) ? usual : undefined;
  const named = [...relationsOf(zip, '').values()].find(({ type }) => type === 'officeDocument')?.part;
  return named && /\.xml$/i.test(named) && !/^(word|ppt)\//i.test(named) && zip.has(named) ? named : undefined;
}

function sheetOf(attributes: Attributes, targets: Map<string, Target>): Sheet {
  const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
  const target = targets.get(decodeEntities(id));
  return {
    name: decodeEntities(attributes.name ?? ''),
    part: target?.type === 'worksheet' ? target.part : undefined,
    isHidden: /hidden/i.test(attributes.state ?? ''),
  };
}

interface Target {
  type: string;
  part: string;
}

function relationsOf(zip: Zip, part: string): Map<string, Target> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const targets = new Map<string, Target>();
  parseXml(zip.read(`${folder}_rels/${part.slice(folder.length)}.rels`), {
    open: (name, attributes) => {
      if (name !== 'Relationship') return;
      const { Id = '', Type = '', Target: target = '' } = attributes();
      targets.set(decodeEntities(Id), { type: Type.split('/').at(-1)!, part: pathOf(folder, decodeEntities(target)) });
    },
  });
  return targets;
}

/** Targets stand as seen from the folder of the part that has them, or from the root. */
function pathOf(folder: string, target: string): string {
  try {
    return decodeURIComponent(new URL(target.replaceAll('\\', '/'), `zip:///${folder}`).pathname.slice(1));
  } catch {
    throw damaged(`a part of it is said to be at "${target.slice(0, 50)}"`);
  }
}
