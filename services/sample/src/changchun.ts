import { type Branch, branchesOf } from './branches.ts';
import { type Body, type CharityProgram, charityProgram, federation, partner } from './charity-program.ts';
import { city, type District, districts } from './city.ts';
import { type Committee, committees } from './committees.ts';
import { buildContent, type ContentItem } from './content.ts';
import { buildDonations, type Donation } from './donations.ts';
import { buildEnterprises, type Enterprise } from './enterprises.ts';
import { buildMembers, type Member } from './members.ts';
import { buildSelection, type Selection } from './selection.ts';
import { buildSessions, type CommunitySession } from './sessions.ts';

export interface SampleCity {
  city: { code: string; name: string };
  districts: readonly District[];
  committees: readonly Committee[];
  federation: Body;
  partner: Body;
  enterprises: Enterprise[];
  branches: Branch[];
  members: Member[];
  donations: Donation[];
  content: ContentItem[];
  sessions: CommunitySession[];
  selection: Selection;
  program: CharityProgram;
}

/** The sample city, the same on every call. */
export function buildChangchun(): SampleCity {
  const enterprises = buildEnterprises();
  const members = buildMembers(enterprises);
  return {
    city,
    districts,
    committees,
    federation,
    partner,
    enterprises,
    branches: branchesOf(enterprises),
    members,
    donations: buildDonations(enterprises),
    content: buildContent(enterprises),
    sessions: buildSessions(),
    selection: buildSelection(members),
    program: charityProgram,
  };
}
