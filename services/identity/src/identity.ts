import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { Epoch } from '@hub/kit/epoch';
import { FeedPosition } from '@hub/kit/follow';
import { Moment } from '@hub/kit/moment';
import { ReadLog } from '@hub/kit/read-log';
import { Revision } from '@hub/kit/revision';
import type { Subgraph } from '@hub/kit/subgraph';
import { AccountResolver } from './account/account.resolver.ts';
import { Account } from './account/account.ts';
import { ClientResolver } from './client/client.resolver.ts';
import { Client } from './client/client.ts';
import { ClientSecret, SecretHash } from './client/client-secret.ts';
import { CodeApp } from './factor/code-app.ts';
import { Passkey } from './factor/passkey.ts';
import { RecoveryCode } from './factor/recovery-code.ts';
import { GrantResolver } from './grant/grant.resolver.ts';
import { Grant } from './grant/grant.ts';
import { KeyResolver } from './keys/key.resolver.ts';
import { SigningKey } from './keys/signing-key.ts';
import { Organisation, organisationReference } from './organisation/organisation.ts';
import { OidcRecord } from './provider/oidc-record.ts';
import { Guess } from './sign-in/guess.ts';
import { Password } from './sign-in/password.ts';
import { AccountSignInsResolver, SignInResolver } from './sign-in/sign-in.resolver.ts';
import { SignIn } from './sign-in/signed-in.ts';

/** The identity service's table of contents, in the form of a subgraph; it is not composed into the supergraph. */
export const identity: Subgraph = {
  name: 'identity',
  entities: [
    Account,
    Password,
    Passkey,
    CodeApp,
    RecoveryCode,
    Client,
    ClientSecret,
    SecretHash,
    Grant,
    Guess,
    SignIn,
    SigningKey,
    OidcRecord,
    Organisation,
    FeedPosition,
    Revision,
    Epoch,
    Moment,
    ReadLog,
  ],
  migrations: fileURLToPath(new URL('../migrations', import.meta.url)),
  resolvers: [AccountResolver, AccountSignInsResolver, SignInResolver, ClientResolver, GrantResolver, KeyResolver],
  references: {},
  follows: [{ owner: 'organisations', field: 'organisationChanges', references: [organisationReference] }],
};
