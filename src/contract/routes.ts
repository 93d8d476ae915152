// Generated from openapi.yaml by `npm run generate`. Do not edit.
export const routes = {
  "login": {
    "method": "POST",
    "path": "/api/login",
    "query": [],
    "body": "json",
    "session": false,
    "repeatable": false
  },
  "verifyOtp": {
    "method": "POST",
    "path": "/api/verify/{encrypted_user}",
    "query": [],
    "body": "json",
    "session": false,
    "repeatable": false
  },
  "logout": {
    "method": "POST",
    "path": "/api/logout",
    "query": [],
    "body": "none",
    "session": true,
    "repeatable": false
  },
  "emailPasswordReset": {
    "method": "GET",
    "path": "/api/password/email/{username}",
    "query": [],
    "body": "none",
    "session": false,
    "repeatable": false
  },
  "resetPassword": {
    "method": "POST",
    "path": "/api/password/reset/{encrypted_user}",
    "query": [],
    "body": "json",
    "session": false,
    "repeatable": false
  },
  "listAccounts": {
    "method": "GET",
    "path": "/api/accounts",
    "query": [
      "external",
      "per_page",
      "page",
      "platform_id",
      "company_id",
      "platform_filter[]"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "page",
    "rowId": "account_id"
  },
  "createAccount": {
    "method": "POST",
    "path": "/api/accounts",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": false
  },
  "getAccount": {
    "method": "GET",
    "path": "/api/accounts/{id}",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "updateAccount": {
    "method": "PUT",
    "path": "/api/accounts/{id}",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": true
  },
  "listAccountCarriers": {
    "method": "GET",
    "path": "/api/accountcarriers/{id}",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "none",
    "rowId": "carrier_id"
  },
  "listCarriers": {
    "method": "GET",
    "path": "/api/carriers",
    "query": [
      "external",
      "per_page",
      "page",
      "platform_id",
      "company_id",
      "platform_filter[]"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "page",
    "rowId": "carrier_id"
  },
  "createCarrier": {
    "method": "POST",
    "path": "/api/carriers",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": false
  },
  "getCarrier": {
    "method": "GET",
    "path": "/api/carriers/{id}",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "updateCarrier": {
    "method": "PUT",
    "path": "/api/carriers/{id}",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": true
  },
  "listCarrierAccounts": {
    "method": "GET",
    "path": "/api/carrieraccounts/{id}",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "none",
    "rowId": "account_id"
  },
  "listCompanies": {
    "method": "GET",
    "path": "/api/companies",
    "query": [
      "external",
      "per_page",
      "page",
      "platform_id",
      "platform_filter[]"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "page",
    "rowId": "customer_id"
  },
  "createCompany": {
    "method": "POST",
    "path": "/api/companies",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": false
  },
  "getCompany": {
    "method": "GET",
    "path": "/api/companies/{id}",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "updateCompany": {
    "method": "PUT",
    "path": "/api/companies/{id}",
    "query": [
      "external",
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": true
  },
  "getCompanyBalance": {
    "method": "GET",
    "path": "/api/companies/{id}/getBalance",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "listCompanyNames": {
    "method": "GET",
    "path": "/api/companies-names",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "none",
    "rowId": "customer_id"
  },
  "searchCdrs": {
    "method": "GET",
    "path": "/api/cdr/search",
    "query": [
      "p_id",
      "lrn_number",
      "account_id",
      "carrier_id",
      "src_number",
      "dst_number",
      "start_date",
      "end_time",
      "min_duration",
      "max_duration",
      "search_completed",
      "limit"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "none",
    "rowId": "cdr_id"
  },
  "listRestrictions": {
    "method": "GET",
    "path": "/api/call-restrictions/num",
    "query": [
      "platform_id",
      "carrier_id",
      "account_id",
      "src_number",
      "dst_number",
      "per_page",
      "page_token"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "token",
    "rowId": "restriction_id"
  },
  "createRestriction": {
    "method": "POST",
    "path": "/api/call-restrictions/num",
    "query": [
      "platform_id",
      "priority",
      "carrier_id",
      "account_id",
      "dst_number",
      "restriction_start",
      "restriction_end",
      "src_number",
      "src_match_type",
      "note"
    ],
    "body": "none",
    "session": true,
    "repeatable": false
  },
  "updateRestriction": {
    "method": "PATCH",
    "path": "/api/call-restrictions/num",
    "query": [
      "restriction_id",
      "platform_id",
      "priority",
      "carrier_id",
      "account_id",
      "dst_number",
      "restriction_start",
      "restriction_end",
      "src_number",
      "src_match_type",
      "note"
    ],
    "body": "none",
    "session": true,
    "repeatable": false
  },
  "getRestriction": {
    "method": "GET",
    "path": "/api/call-restrictions/num/{id}",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "disableRestriction": {
    "method": "PATCH",
    "path": "/api/call-restrictions/num/{id}",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "listRestrictionHistory": {
    "method": "GET",
    "path": "/api/call-restrictions/history",
    "query": [
      "platform_id",
      "restriction_id",
      "per_page",
      "page"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "page",
    "rowId": "history_id"
  },
  "lookupLrn": {
    "method": "GET",
    "path": "/api/lrnlookup/{number}",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "listAccountDecks": {
    "method": "GET",
    "path": "/api/account-rate-deck",
    "query": [
      "platform_id",
      "local",
      "enabled",
      "account_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "none",
    "rowId": "crd_id"
  },
  "uploadAccountDeck": {
    "method": "POST",
    "path": "/api/account-rate-deck/upload",
    "query": [
      "platform_id"
    ],
    "body": "multipart",
    "session": true,
    "repeatable": false
  },
  "processAccountDeck": {
    "method": "POST",
    "path": "/api/account-rate-deck/process",
    "query": [
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": false
  },
  "listCarrierDecks": {
    "method": "GET",
    "path": "/api/carrier-rate-deck",
    "query": [
      "platform_id",
      "local",
      "carrier_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true,
    "paging": "none",
    "rowId": "crd_id"
  },
  "uploadCarrierDeck": {
    "method": "POST",
    "path": "/api/carrier-rate-deck/upload",
    "query": [
      "platform_id"
    ],
    "body": "multipart",
    "session": true,
    "repeatable": false
  },
  "processCarrierDeck": {
    "method": "POST",
    "path": "/api/carrier-rate-deck/process",
    "query": [
      "platform_id"
    ],
    "body": "json",
    "session": true,
    "repeatable": false
  },
  "getCarrierDeckStatus": {
    "method": "GET",
    "path": "/api/carrier-rate-deck/status",
    "query": [
      "platform_id",
      "filename"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  },
  "downloadCarrierDeck": {
    "method": "POST",
    "path": "/api/carrier-rate-deck/download/{id}",
    "query": [
      "platform_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": false
  },
  "getCarrierDeckFailures": {
    "method": "GET",
    "path": "/api/carrier-rate-deck/failures",
    "query": [
      "platform_id",
      "crd_id"
    ],
    "body": "none",
    "session": true,
    "repeatable": true
  }
} as const;
