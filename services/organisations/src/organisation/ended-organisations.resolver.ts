import { Context } from '@hub/kit/context';
import { mostWhereabouts } from '@hub/kit/whereabouts';
import { ArrayMaxSize, IsUUID } from 'class-validator';
import { Args, ArgsType, Authorized, Ctx, Directive, Field, ID, Query, Resolver } from 'type-graphql';

@ArgsType()
class EndedArgs {
  @Field(() => [ID], { description: 'Which organisations, 500 at most (标识).' })
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(mostWhereabouts)
  ids!: string[];
}

// The last revision says it, as with whereabouts: a service sees no organisation itself.
const ended = `
select asked.id from unnest(?::uuid[]) asked (id) left join lateral (
  select action, data->>'status' as status from revision
  where entity = 'organisation' and entity_id = asked.id and action <> 'leave' order by seq desc limit 1
) last on true where coalesce(last.action = 'delete' or last.status = 'DISSOLVED', true)`;

@Resolver()
export class EndedOrganisationsResolver {
  @Authorized('changes:read')
  @Query(() => [ID], {
    nullable: true,
    description: 'Which of the organisations are dissolved or not there; for services that keep copies (存续核对).',
  })
  @Directive('@inaccessible')
  async endedOrganisations(@Args(() => EndedArgs) { ids }: EndedArgs, @Ctx() { read }: Context): Promise<string[]> {
    return (await read.execute<{ id: string }>(ended, [`{${ids.join(',')}}`])).map(({ id }) => id);
  }
}
