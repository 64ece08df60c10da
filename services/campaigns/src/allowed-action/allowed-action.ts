import type { HubError } from '@hub/kit/errors';
import { Directive, Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Whether you may take an action now (可执行操作).' })
@Directive('@shareable')
export class AllowedAction {
  @Field({ description: 'The action (操作).' })
  action!: string;
  @Field({ description: 'You may take it now (是否可执行).' })
  allowed!: boolean;
  @Field(() => String, { nullable: true, description: 'Why not (不可执行的原因).' })
  reason?: string;
}

/** The same refusals that a mutation would throw, said beforehand. */
export const allowedActions = <Action extends string>(
  actions: Record<Action, unknown>,
  refusal: (action: Action) => HubError | undefined,
): AllowedAction[] =>
  (Object.keys(actions) as Action[]).map(action => {
    const refused = refusal(action);
    return { action, allowed: !refused, reason: refused?.message };
  });
