import type { Role, Viewer } from '@hub/kit/viewer';

/** Whom the door serves first when it cannot serve all; probes come before every class and are never refused. */
export const viewerClasses = ['people', 'partners', 'reporting'] as const;
export type ViewerClass = (typeof viewerClasses)[number];

const classes: Record<Role, ViewerClass> = {
  COMMITTEE: 'people',
  ORGANISATION: 'people',
  AUDITOR: 'people',
  SERVICE: 'people',
  PARTNER: 'partners',
  REPORTING: 'reporting',
};

export const classOf = (viewer: Viewer): ViewerClass => classes[viewer.role];

/** What limits are counted by: one person or client in one place, however many tokens it holds. */
export const viewerKey = ({ actor, role, division, organisation = '' }: Viewer) =>
  JSON.stringify([role, division, organisation, actor]);
