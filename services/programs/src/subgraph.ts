import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { changesResolver } from '@hub/kit/changes';
import type { Context } from '@hub/kit/context';
import { importResolvers } from '@hub/kit/imports/import.resolver';
import { kitEntities } from '@hub/kit/kit-entities';
import { stub } from '@hub/kit/reference';
import type { Subgraph } from '@hub/kit/subgraph';
import { Committee, committeeReference } from './committee/committee.ts';
import { divisionOf } from './division/division.ts';
import {
  DivisionDonations,
  DonationResolver,
  OrganisationDonations,
  PersonDonations,
  ProgramDonations,
} from './donation/donation.resolver.ts';
import { Donation } from './donation/donation.ts';
import { donationsLedger } from './ledgers/donations.ts';
import { sessionsLedger } from './ledgers/sessions.ts';
import { LessonResolver, ProgramLessons } from './lesson/lesson.resolver.ts';
import { Lesson } from './lesson/lesson.ts';
import { Organisation, organisationReference } from './organisation/organisation.ts';
import { Person, personReference } from './person/person.ts';
import { CommitteePrograms, DivisionPrograms, OrganisationPrograms, ProgramResolver } from './program/program.resolver.ts';
import { Program } from './program/program.ts';
import { ProgramPartner } from './program/program-partner.ts';
import { DivisionProgramFigures } from './program-figures/program-figures.resolver.ts';
import { DivisionSessions, ProgramSessions, SessionResolver } from './session/session.resolver.ts';
import { Session } from './session/session.ts';

type Key = { id: string };

export const programs: Subgraph = {
  name: 'programs',
  entities: [Organisation, Committee, Person, Program, ProgramPartner, Lesson, Session, Donation, ...kitEntities],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [
    ProgramResolver,
    OrganisationPrograms,
    CommitteePrograms,
    DivisionPrograms,
    LessonResolver,
    ProgramLessons,
    SessionResolver,
    ProgramSessions,
    DivisionSessions,
    DonationResolver,
    OrganisationDonations,
    PersonDonations,
    ProgramDonations,
    DivisionDonations,
    DivisionProgramFigures,
    changesResolver('programChanges'),
    ...importResolvers('Program', [donationsLedger, sessionsLedger]),
  ],
  references: {
    Division: ({ code }: { code: string }) => divisionOf(code),
    Organisation: ({ id }: Key) => stub(Organisation, id),
    Committee: ({ id }: Key) => stub(Committee, id),
    Person: ({ id }: Key) => stub(Person, id),
    Program: ({ id }: Key, context: Context) => context.load(Program, id),
    Session: ({ id }: Key, context: Context) => context.load(Session, id),
    Donation: ({ id }: Key, context: Context) => context.load(Donation, id),
  },
  follows: [
    { owner: 'organisations', field: 'organisationChanges', references: [organisationReference, committeeReference] },
    { owner: 'people', field: 'peopleChanges', references: [personReference] },
  ],
};
