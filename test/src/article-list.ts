import { Arg, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';

/** Ten fields, as many as a list of organisations shows. */
@ObjectType()
export class Article {
  @Field(() => ID)
  id!: string;

  @Field()
  code!: string;

  @Field()
  name!: string;

  @Field()
  maker!: string;

  @Field()
  colour!: string;

  @Field(() => Int)
  price!: number;

  @Field(() => Int)
  weight!: number;

  @Field(() => Float)
  rating!: number;

  @Field()
  inSeason!: boolean;

  @Field(() => String, { nullable: true })
  note!: string | null;
}

const articles = Array.from({ length: 1_000 }, (_, at) =>
  Object.assign(new Article(), {
    id: `a${at}`,
    code: `${100_000 + at * 7}`,
    name: `steady article ${at}`,
    maker: `Maker ${at % 40}`,
    colour: 'bright',
    price: 1_000 + ((at * 31) % 9_000),
    weight: 10 + ((at * 17) % 900),
    rating: ((at * 13) % 50) / 10,
    inSeason: at % 3 === 0,
    note: at % 4 === 0 ? null : 'quiet and plain',
  }),
);

@Resolver()
export class ArticleResolver {
  @Query(() => [Article])
  articles(@Arg('first', () => Int) first: number): Article[] {
    return articles.slice(0, first);
  }
}
