import { Context } from '@hub/kit/context';
import type { Page } from '@hub/kit/page';
import { within } from '@hub/kit/within';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Branch } from '../branch/branch.ts';
import { Division } from '../division/division.ts';
import { Organisation } from '../organisation/organisation.ts';
import { listPeople, memberOf } from './list-people.ts';
import { PeopleArgs } from './person.input.ts';
import { Person, PersonConnection } from './person.ts';

// What this subgraph adds to another's type is nullable: while it is down the field is null, not the whole organisation.
@Resolver(() => Organisation)
export class OrganisationPeople {
  @FieldResolver(() => PersonConnection, {
    nullable: true,
    description: 'People who work at it, the last entered first (企业人员).',
  })
  people(@Root() { id }: Organisation, @Args(() => PeopleArgs) asked: PeopleArgs, @Ctx() context: Context): Page<Person> {
    return listPeople(context, asked, { organisation: id });
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Its contact, see setContact (企业联系人).' })
  contact(@Root() { id }: Organisation, @Ctx() context: Context) {
    return context
      .batched<Person | null>('contact', async ids => {
        const contacts = await context.read.find(Person, { where: { organisation: { $in: [...ids] }, isContact: true } });
        return ids.map(each => contacts.find(({ organisation }) => organisation?.id === each) ?? null);
      })
      .load(id);
  }
}

@Resolver(() => Branch)
export class BranchMembers {
  @FieldResolver(() => PersonConnection, {
    nullable: true,
    description: 'Its living members, the last entered first (支部党员).',
  })
  members(@Root() { id }: Branch, @Args(() => PeopleArgs) asked: PeopleArgs, @Ctx() context: Context): Page<Person> {
    return listPeople(context, asked, memberOf(id));
  }
}

@Resolver(() => Division)
export class DivisionPeople {
  @FieldResolver(() => PersonConnection, { nullable: true, description: 'People of the division and those below it (辖区人员).' })
  people(@Root() { code }: Division, @Args(() => PeopleArgs) asked: PeopleArgs, @Ctx() context: Context): Page<Person> {
    return listPeople(context, asked, within(code));
  }
}
