import { ManyToOne } from '@mikro-orm/decorators/legacy';
import type { EntityClass } from '@mikro-orm/postgresql';

/**
 * Keeps a row in the slice of the row it hangs on: a composite key `(…_id, division_code)` with `on update cascade`, so a move of the
 * parent carries its children in the same transaction. Stands on a property `…Key?: never` after the real properties; the parent needs
 * `@Unique({ properties: ['id', 'divisionCode'] })`.
 */
export const InSliceOf = (type: () => EntityClass<any>, column: string) =>
  ManyToOne(type, {
    joinColumns: [column, 'division_code'],
    referencedColumnNames: ['id', 'division_code'],
    columnTypes: ['uuid', 'text'],
    ownColumns: [],
    updateRule: 'cascade',
    deleteRule: 'no action',
    nullable: true,
    lazy: true,
    hidden: true,
  });
