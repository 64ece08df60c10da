import { IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Client } from './client.ts';

@InputType({ description: 'An API client to register (登记客户端).' })
export class CreateClient {
  @Field({ description: 'Its client_id: 2 to 40 lower-case letters, digits, hyphens (客户端编号).' })
  @Matches(/^(?!hub-)[a-z][a-z0-9-]{1,39}$/, {
    message:
      'clientId: 2 to 40 lower-case letters, digits or hyphens, a letter first, not beginning with hub- (客户端编号格式不正确)',
  })
  clientId!: string;

  @Field({ description: 'What it is, 1 to 100 characters (名称).' })
  @Length(1, 100)
  name!: string;

  @Field({ description: 'Division that administers it, 6 digits, within yours (管理属地).' })
  @Matches(/^\d{6}$/, { message: 'divisionCode: 6 digits of GB/T 2260 (属地代码应为6位数字)' })
  divisionCode!: string;
}

@InputType({ description: 'Which API client to change, and why (客户端变更).' })
export class ChangeClient {
  @Field(() => ID, { description: 'Which client (标识).' })
  id!: string;

  @Field(() => Int, { description: 'The version you read (版本).' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why, 2 to 500 characters; lands in its history (原因).' })
  @IsOptional()
  @Length(2, 500)
  reason?: string | null;
}

@InputType({ description: 'A new secret for an API client; the one in use lives on for a while (更换密钥).' })
export class RotateClientSecret extends ChangeClient {
  @Field(() => Int, {
    nullable: true,
    description: 'How long the present secret stays good, hours, 0 to 720; left out, until endClientSecret (旧密钥保留小时数).',
  })
  @IsOptional()
  @Min(0)
  @Max(720)
  keepHours?: number | null;
}

@ObjectType({ description: 'An API client and its new secret, shown this once (客户端与密钥).' })
export class ClientWithSecret {
  @Field({ description: 'The client (客户端).' })
  client!: Client;

  @Field({ description: 'The secret (密钥).' })
  secret!: string;
}
