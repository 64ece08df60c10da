import { Context } from '@hub/kit/context';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Division, DivisionConnection, DivisionLevel } from './division.ts';

@Resolver(() => Division)
export class DivisionResolver {
  @Authorized('organisations:read')
  @Query(() => Division, { nullable: true, description: 'One division by its code; public, its records are not (按代码查区划).' })
  division(@Arg('code', { description: 'Code, 6 digits (区划代码).' }) code: string, @Ctx() context: Context) {
    return context.load(Division, code, 'code');
  }

  @Authorized('organisations:read')
  @Query(() => DivisionConnection, { nullable: true, description: 'Divisions in order of their codes (区划列表).' })
  divisions(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('parent', { nullable: true, description: 'Only those directly below this code (上级代码).' }) parent: string,
    @Arg('level', () => DivisionLevel, { nullable: true, description: 'Only those of this level (级别).' }) level: DivisionLevel,
    @Ctx() context: Context,
  ): Page<Division> {
    return list(context, Division, {
      page,
      where: { ...(parent && { parentCode: parent }), ...(level && { level }) },
      orderBy: [['code', 'asc']],
    });
  }

  @FieldResolver(() => Division, { nullable: true, description: 'The division above (上级区划).' })
  parent(@Root() division: Division, @Ctx() context: Context) {
    return context.load(Division, division.parentCode, 'code');
  }

  @FieldResolver(() => DivisionConnection, { description: 'The divisions directly below (下级区划).' })
  children(@Root() { code }: Division, @Args(() => PageArgs) page: PageArgs, @Ctx() context: Context): Page<Division> {
    return list(context, Division, { page, where: { parentCode: code }, orderBy: [['code', 'asc']] });
  }
}
