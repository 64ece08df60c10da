import { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { contains } from '@hub/kit/viewer';
import { Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { installation } from '../installation.ts';
import { rotateKeys } from './keys.ts';

@Resolver()
export class KeyResolver {
  @Authorized('accounts:write')
  @Mutation(() => Boolean, {
    description:
      'Lets the next key sign from now on; no token fails by it. Errors: FORBIDDEN below the division of the installation, NOT_ALLOWED within a minute of the last time (轮换签名密钥).',
  })
  async rotateSigningKey(@Ctx() { em, viewer }: Context): Promise<boolean> {
    const { division, secret } = installation();
    if (!contains(viewer.division, division))
      throw new HubError('FORBIDDEN', `The keys are administered at ${division}, the division of the installation.`);
    const wait = await rotateKeys({ em }, secret);
    if (wait > 0) throw new HubError('NOT_ALLOWED', `The next key has to be published a while first: repeat this in ${wait} s.`);
    return true;
  }
}
