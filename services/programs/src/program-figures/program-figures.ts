import { AsOf } from '@hub/kit/figures';
import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Figures of a division from the programs domain (公益类指标).' })
export class ProgramFigures extends AsOf {
  @Field(() => Int, { description: 'Programs of the division and those below it, count (公益项目数).' })
  programs!: number;
  @Field(() => Int, { description: 'Those that are active, count (进行中项目数).' })
  activePrograms!: number;
  @Field(() => Int, { description: 'Online lessons of those programs, count (线上课程数).' })
  lessons!: number;
  @Field(() => Int, { description: 'Sessions that were held in the division, count (已举办课堂数).' })
  sessionsHeld!: number;
  @Field(() => Int, { description: 'Sessions planned in the division and not yet held, count (计划课堂数).' })
  sessionsPlanned!: number;
  @Field(() => Int, {
    description: 'Attendances of seniors in the held sessions, persons counted once per session (老人参加人次).',
  })
  seniors!: number;
  @Field(() => Int, {
    description: 'Attendances of volunteers in the held sessions, persons counted once per session (志愿者服务人次).',
  })
  volunteers!: number;
  @Field(() => Int, { description: 'Donations without those reversed and their reversals, count (捐赠笔数).' })
  donations!: number;
  @Field(() => Int, {
    description:
      'Organisations and persons who gave at least one of those donations, count; the anonymous are left out (捐赠人数).',
  })
  donors!: number;
  @Field(() => Float, { description: 'Money donated, reversals netted out, CNY (捐款，元).' })
  donatedMoney!: number;
  @Field(() => Float, { description: 'Goods donated by their valuation, reversals netted out, CNY (捐物估值，元).' })
  donatedGoods!: number;
  @Field(() => Float, { description: 'Services donated by their valuation, reversals netted out, CNY (捐赠服务估值，元).' })
  donatedServices!: number;
  @Field(() => Float, { description: 'Money, goods and services together, reversals netted out, CNY (捐赠总额，元).' })
  donatedTotal!: number;
}
