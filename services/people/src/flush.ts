import { HubError } from '@hub/kit/errors';
import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';

/** What a taken key means, by its constraint. */
const taken: Record<string, string> = {
  person_identity_hash_unique: 'A person with this identity number is on the register already (该身份证号已登记).',
  person_contact: 'The organisation has a contact already: repeat the change (该企业已有联系人).',
  branch_membership_living: 'The person is a member of a branch already: transfer the member (该人员已有所在支部，请办理转接).',
  post_branch_secretary: 'The branch has a secretary already: end that post first (该支部已有书记，请先办理离任).',
};

/** Writes the changes; a key that is taken is told in the words of its rule. */
export async function flush(em: EntityManager): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    const constraint = error instanceof UniqueConstraintViolationException && (error as { constraint?: string }).constraint;
    const meaning = constraint && taken[constraint];
    if (meaning) throw Object.assign(new HubError('CONFLICT', meaning), { cause: error });
    throw error;
  }
}
