import { forChange } from '@hub/kit/change';
import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { HistoryEntry, history } from '@hub/kit/history';
import type { Page } from '@hub/kit/page';
import { personalValue } from '@hub/kit/personal';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Organisation } from '../organisation/organisation.ts';
import { changePerson } from './change-person.ts';
import { enterPerson } from './enter-person.ts';
import { listPeople } from './list-people.ts';
import { CreatePerson, PeopleArgs, SetContact, UpdatePerson, VerifyPerson } from './person.input.ts';
import { Person, PersonConnection, RealNameStatus } from './person.ts';
import { setContact } from './set-contact.ts';

@Resolver(() => Person)
export class PersonResolver {
  @Authorized('people:read')
  @Query(() => Person, { nullable: true, description: 'One person; null outside your slice (单个人员).' })
  person(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Person, id);
  }

  @Authorized('people:read')
  @Query(() => PersonConnection, { nullable: true, description: 'People of your slice, the last entered first (人员列表).' })
  people(@Args(() => PeopleArgs) asked: PeopleArgs, @Ctx() context: Context): Page<Person> {
    return listPeople(context, asked);
  }

  @Authorized('people:write')
  @Mutation(() => Person, {
    description:
      'Enters a person. Errors: INVALID_INPUT, NOT_FOUND for the organisation, CONFLICT when the identity number is taken or, with `candidates`, when somebody on file may be the same, FORBIDDEN outside your slice (登记人员).',
  })
  createPerson(
    @Arg('input', () => CreatePerson, { description: 'The person (人员).' }) input: CreatePerson,
    @Ctx() context: Context,
  ) {
    return enterPerson(context, input);
  }

  @Authorized('people:write')
  @Mutation(() => Person, {
    description:
      'Changes a person. Errors: INVALID_INPUT, NOT_FOUND, VERSION_MISMATCH, CONFLICT with `candidates` when somebody else on file may be the same then, FORBIDDEN (修改人员信息).',
  })
  updatePerson(
    @Arg('input', () => UpdatePerson, { description: 'The changes (变更内容).' }) input: UpdatePerson,
    @Ctx() context: Context,
  ) {
    return changePerson(context, input);
  }

  @Authorized('people:write')
  @Mutation(() => Person, {
    description: 'Records a real-name verification. Errors: NOT_FOUND, VERSION_MISMATCH, INVALID_INPUT (实名认证).',
  })
  async verifyPerson(
    @Arg('input', () => VerifyPerson, { description: 'The outcome (认证结果).' }) input: VerifyPerson,
    @Ctx() { em }: Context,
  ) {
    if (input.status === RealNameStatus.UNVERIFIED)
      throw new HubError('INVALID_INPUT', 'status: the outcome is VERIFIED or FAILED.');
    const person = await forChange(em, Person, input.id, input.expectedVersion);
    em.assign(person, { realNameStatus: input.status, realNameMethod: input.method, verifiedOn: input.verifiedOn });
    await em.flush();
    return person;
  }

  @Authorized('people:write')
  @Mutation(() => Person, {
    description:
      'Makes a person the contact of their organisation in place of the former, or ends it. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED without an organisation (设置企业联系人).',
  })
  setContact(@Arg('input', () => SetContact, { description: 'Who (人员).' }) input: SetContact, @Ctx() context: Context) {
    return setContact(context, input);
  }

  @FieldResolver(() => String, { description: 'Name; masked without people:personal, such as 张* (姓名).' })
  name(@Root() { id, name }: Person, @Ctx() context: Context) {
    return personalValue(context, 'person', 'name', id, name);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Phone; masked without people:personal, such as 138****1234 (联系电话).',
  })
  phone(@Root() { id, phone }: Person, @Ctx() context: Context) {
    return phone ? personalValue(context, 'person', 'phone', id, phone) : null;
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'The organisation they work at (所在企业).' })
  organisation(@Root() { organisation }: Person) {
    return organisation ? Object.assign(new Organisation(), { id: organisation.id }) : null;
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], {
    description: 'Its changes, newest first; needs history:read; name and phone masked without people:personal (变更历史).',
  })
  history(@Root() { id }: Person, @Ctx() context: Context) {
    return history(context, 'person', id);
  }
}
