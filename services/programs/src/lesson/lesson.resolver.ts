import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { ownForChange } from '../division/own-for-change.ts';
import { Program } from '../program/program.ts';
import { AddLesson, UpdateLesson } from './lesson.input.ts';
import { Lesson } from './lesson.ts';

@Resolver(() => Lesson)
export class LessonResolver {
  @Authorized('programs:write')
  @Mutation(() => Lesson, {
    description: 'Adds a lesson to a program. Errors: NOT_FOUND, INVALID_INPUT, FORBIDDEN outside your slice (新增课程).',
  })
  async addLesson(
    @Arg('input', () => AddLesson, { description: 'The lesson (课程).' }) { programId, ...input }: AddLesson,
    @Ctx() { em }: Context,
  ) {
    const program = await em.findOneOrFail(Program, programId);
    const lesson = em.create(Lesson, { ...input, program, divisionCode: program.divisionCode });
    await em.flush();
    return lesson;
  }

  @Authorized('programs:write')
  @Mutation(() => Lesson, { description: 'Changes a lesson. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN (修改课程).' })
  async updateLesson(
    @Arg('input', () => UpdateLesson, { description: 'The changes (修改内容).' })
    { id, expectedVersion, ...changes }: UpdateLesson,
    @Ctx() context: Context,
  ) {
    const lesson = context.em.assign(await ownForChange(context, Lesson, id, expectedVersion), changes, {
      ignoreUndefined: true,
    });
    await context.em.flush();
    return lesson;
  }

  @FieldResolver(() => Program, { description: 'The program it belongs to (所属项目).' })
  program(@Root() { program }: Lesson, @Ctx() context: Context) {
    return context.load(Program, program.id);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Lesson, @Ctx() context: Context) {
    return history(context, 'lesson', id);
  }
}

@Resolver(() => Program)
export class ProgramLessons {
  @FieldResolver(() => [Lesson], { description: 'Its online lessons in the order they were added (线上课程).' })
  lessons(@Root() { id }: Program, @Ctx() context: Context) {
    return context
      .batched<Lesson[]>('program.lessons', async ids => {
        const where = { program: { $in: [...ids] } };
        const lessons = await context.read.find(Lesson, { where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
        return ids.map(each => lessons.filter(({ program }) => program.id === each));
      })
      .load(id);
  }
}
