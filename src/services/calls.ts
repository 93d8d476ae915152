import type { ListOperationId, OperationId } from "../contract/operations.ts";
import { account } from "../domain/account.ts";
import { carrier } from "../domain/carrier.ts";
import { company } from "../domain/company.ts";
import type { Noun, NounName } from "../domain/noun.ts";
import { restriction } from "../domain/restriction.ts";

/** The platform's calls for one noun. */
export interface NounCalls {
  readonly noun: Noun;
  readonly list: ListOperationId;
  readonly show: OperationId;
  readonly create: OperationId;
  readonly update: OperationId;
  /** The name that an update's id has in the query, where writes are sent in the query and not as a body. */
  readonly idInQuery?: string;
  /** The call that switches one off for good, where `enabled` cannot be written. */
  readonly disable?: OperationId;
}

export const accountCalls: NounCalls = {
  noun: account,
  list: "listAccounts",
  show: "getAccount",
  create: "createAccount",
  update: "updateAccount",
};

export const carrierCalls: NounCalls = {
  noun: carrier,
  list: "listCarriers",
  show: "getCarrier",
  create: "createCarrier",
  update: "updateCarrier",
};

export const companyCalls: NounCalls = {
  noun: company,
  list: "listCompanies",
  show: "getCompany",
  create: "createCompany",
  update: "updateCompany",
};

export const restrictionCalls: NounCalls = {
  noun: restriction,
  list: "listRestrictions",
  show: "getRestriction",
  create: "createRestriction",
  update: "updateRestriction",
  idInQuery: "restriction_id",
  disable: "disableRestriction",
};

/** The calls of each noun. */
export const nounCalls: Readonly<Record<NounName, NounCalls>> = {
  account: accountCalls,
  carrier: carrierCalls,
  company: companyCalls,
  restriction: restrictionCalls,
};
