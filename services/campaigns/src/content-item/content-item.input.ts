import { IsOptional, IsUrl, Length } from 'class-validator';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { ContentKind } from './content-item.ts';

@InputType()
class ContentDetails {
  @Field(() => String, { nullable: true, description: 'Address, http or https URL (链接).' })
  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'] }, { message: 'url: an http or https address' })
  url?: string | null;

  @Field(() => ID, { nullable: true, description: 'The account it appeared on (发布账号标识).' })
  accountId?: string | null;

  @Field(() => String, { nullable: true, description: 'Theme it belongs to, 1 to 100 characters (主题).' })
  @IsOptional()
  @Length(1, 100)
  theme?: string | null;
}

@InputType({ description: 'A published item to enter (新建宣传内容).' })
export class CreateContentItem extends ContentDetails {
  @Field(() => ID, { description: 'Who published it (发布单位标识).' })
  organisationId!: string;

  @Field(() => ContentKind, { description: 'Kind (内容类型).' })
  kind!: ContentKind;

  @Field({ description: 'Title, 1 to 300 characters (标题).' })
  @Length(1, 300)
  title!: string;

  @Field(() => GraphQLLocalDate, { description: 'Published on, YYYY-MM-DD (发布日期).' })
  publishedOn!: string;
}

@InputType({ description: 'Changes of an item; what is left out stays, null empties (修改宣传内容).' })
export class UpdateContentItem extends ContentDetails {
  @Field(() => ID, { description: 'Which item (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => ContentKind, { nullable: true, description: 'Kind (内容类型).' })
  kind?: ContentKind;

  @Field({ nullable: true, description: 'Title, 1 to 300 characters (标题).' })
  @IsOptional()
  @Length(1, 300)
  title?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Published on, YYYY-MM-DD (发布日期).' })
  publishedOn?: string;
}

@InputType({ description: 'Which items; all conditions hold together (筛选条件).' })
export class ContentItemFilter {
  @Field({ nullable: true, description: 'Publishers in this division or below, 6 digits (属地代码).' })
  division?: string;

  @Field({ nullable: true, description: 'Part of the title, or start of its pinyin (关键词).' })
  @IsOptional()
  @Length(1, 100)
  search?: string;

  @Field({ nullable: true, description: 'Of exactly this theme (主题).' })
  theme?: string;

  @Field(() => ContentKind, { nullable: true, description: 'Of this kind (内容类型).' })
  kind?: ContentKind;

  @Field(() => ID, { nullable: true, description: 'On this account (发布账号标识).' })
  account?: string;

  @Field(() => ID, { nullable: true, description: 'Published by this organisation (发布单位标识).' })
  organisation?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Published on this day or later, YYYY-MM-DD (发布日期起).' })
  publishedFrom?: string;

  @Field(() => GraphQLLocalDate, { nullable: true, description: 'Published on this day or earlier, YYYY-MM-DD (发布日期止).' })
  publishedTo?: string;
}

export enum ContentItemOrder {
  PUBLISHED_DESC = 'PUBLISHED_DESC',
  TITLE_ASC = 'TITLE_ASC',
}
registerEnumType(ContentItemOrder, {
  name: 'ContentItemOrder',
  description: 'Order of items; titles in pinyin order (排序).',
});
