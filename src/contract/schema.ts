// Generated from openapi.yaml by `npm run generate`. Do not edit.
export interface paths {
    "/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a session, or be asked for a one-time code */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verify/{encrypted_user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer the one-time code challenge */
        post: operations["verifyOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke the token */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password/email/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mail a temporary password to the user */
        get: operations["emailPasswordReset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password/reset/{encrypted_user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password with the mailed temporary one */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List accounts */
        get: operations["listAccounts"];
        put?: never;
        /** Create an account */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one account */
        get: operations["getAccount"];
        /** Replace one account; the full object is sent */
        put: operations["updateAccount"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/accountcarriers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the carriers an account may use */
        get: operations["listAccountCarriers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List carriers; the platform was seen to ignore page and answer everything */
        get: operations["listCarriers"];
        put?: never;
        /** Create a carrier */
        post: operations["createCarrier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carriers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one carrier */
        get: operations["getCarrier"];
        /** Replace one carrier; the full object is sent */
        put: operations["updateCarrier"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrieraccounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the accounts that may use a carrier */
        get: operations["listCarrierAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List companies */
        get: operations["listCompanies"];
        put?: never;
        /** Create a company */
        post: operations["createCompany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one company */
        get: operations["getCompany"];
        /** Replace one company; the full object is sent */
        put: operations["updateCompany"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{id}/getBalance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a company's balance */
        get: operations["getCompanyBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the ids and names of all companies */
        get: operations["listCompanyNames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/cdr/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search call detail records, newest first; only limit bounds the answer */
        get: operations["searchCdrs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/call-restrictions/num": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List restrictions, page by token */
        get: operations["listRestrictions"];
        put?: never;
        /** Create a restriction; all data in the query string */
        post: operations["createRestriction"];
        delete?: never;
        options?: never;
        head?: never;
        /** Update a restriction; all data in the query string */
        patch: operations["updateRestriction"];
        trace?: never;
    };
    "/api/call-restrictions/num/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show one restriction */
        get: operations["getRestriction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Disable one restriction */
        patch: operations["disableRestriction"];
        trace?: never;
    };
    "/api/call-restrictions/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was changed on restrictions, newest first */
        get: operations["listRestrictionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/lrnlookup/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look up a number's location routing number; a dip may cost money */
        get: operations["lookupLrn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account-rate-deck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rate decks of accounts */
        get: operations["listAccountDecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account-rate-deck/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file for an account's deck; it is read but not yet applied */
        post: operations["uploadAccountDeck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account-rate-deck/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply an uploaded file to an account's deck, in the background */
        post: operations["processAccountDeck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrier-rate-deck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rate decks of carriers */
        get: operations["listCarrierDecks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrier-rate-deck/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file for a carrier's deck; it is read but not yet applied */
        post: operations["uploadCarrierDeck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrier-rate-deck/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Apply an uploaded file to a carrier's deck, in the background */
        post: operations["processCarrierDeck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrier-rate-deck/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how far the processing of an uploaded file is */
        get: operations["getCarrierDeckStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrier-rate-deck/download/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a link to a deck's rows, valid for one hour */
        post: operations["downloadCarrierDeck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/carrier-rate-deck/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask for a link to the rows that could not be applied, valid for one hour */
        get: operations["getCarrierDeckFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Comes as number or string */
        Id: string | number;
        /** @description Comes as string or number; the source text is kept */
        Money: string | number;
        /** @description Comes as 0/1, "0"/"1", true/false; 2 means yes for carriers */
        Flag: boolean | number | string;
        /**
         * @description Laravel's boolean rule refuses the words
         * @enum {integer}
         */
        Bit: 0 | 1;
        /** @description A phone number or part of one */
        Digits: string;
        /** @description YYYY-MM-DD HH:MM:SS without zone, or ISO 8601 with Z */
        WireTime: string;
        Envelope: {
            /** @description May be false with HTTP 200 */
            success?: boolean;
            message?: string | null;
        } & {
            [key: string]: unknown;
        };
        Problem: {
            success?: boolean;
            message?: string | null;
            /** @description Field (dot keys when nested) to reasons */
            errors?: {
                [key: string]: string[];
            };
            /** @description Some helpers put the field errors here */
            data?: unknown;
        } & {
            [key: string]: unknown;
        };
        Paginator: {
            current_page?: number;
            first_page_url?: string | null;
            from?: number | null;
            last_page?: number;
            last_page_url?: string | null;
            links?: {
                [key: string]: unknown;
            }[];
            /** @description May point at another host */
            next_page_url?: string | null;
            path?: string;
            per_page?: number | string;
            prev_page_url?: string | null;
            to?: number | null;
            total?: number;
        } & {
            [key: string]: unknown;
        };
        Session: ({
            token?: string;
            username?: string;
            /** @description Stands instead of the token when a one-time code is asked for */
            encrypted_user?: string;
            two_factor?: components["schemas"]["Flag"];
            platforms?: components["schemas"]["Platform"][];
        } & {
            [key: string]: unknown;
        }) | null;
        Platform: {
            platform_id?: components["schemas"]["Id"];
            platform_name?: string;
        } & {
            [key: string]: unknown;
        };
        AccountFields: {
            account_name?: string;
            /** @description The company */
            customer_id?: components["schemas"]["Id"];
            enabled?: components["schemas"]["Flag"];
            currency?: string;
            /** @description Signalling addresses separated by commas */
            ip_address?: string | null;
            tech_prefix?: string | null;
            /** @description Concurrent calls */
            channels_limit?: number | string | null;
            /** @description Calls per second */
            cps_limit?: number | string | null;
            lrn_dip?: components["schemas"]["Flag"];
            note?: string | null;
        } & {
            [key: string]: unknown;
        };
        Account: components["schemas"]["AccountFields"] & {
            account_id?: components["schemas"]["Id"];
            customer_name?: string;
            platform_id?: components["schemas"]["Id"];
            created_at?: components["schemas"]["WireTime"];
            updated_at?: components["schemas"]["WireTime"];
        };
        CarrierFields: {
            carrier_name?: string;
            /** @description 2 means yes */
            enabled?: components["schemas"]["Flag"];
            group_id?: components["schemas"]["Id"];
            /** @description The company */
            customer_id?: components["schemas"]["Id"];
            currency?: string;
            host?: string | null;
            port?: number | string | null;
            tech_prefix?: string | null;
            /** @description Concurrent calls */
            channels_limit?: number | string | null;
            /** @description Calls per second */
            cps_limit?: number | string | null;
            priority?: number | string | null;
            note?: string | null;
        } & {
            [key: string]: unknown;
        };
        Carrier: components["schemas"]["CarrierFields"] & {
            carrier_id?: components["schemas"]["Id"];
            customer_name?: string;
            platform_id?: components["schemas"]["Id"];
            created_at?: components["schemas"]["WireTime"];
            updated_at?: components["schemas"]["WireTime"];
        };
        CompanyFields: {
            customer_name?: string;
            enabled?: components["schemas"]["Flag"];
            email?: string | null;
            phone?: string | null;
            address?: string | null;
            city?: string | null;
            state?: string | null;
            country?: string | null;
            zip?: string | null;
            currency?: string;
            credit_limit?: components["schemas"]["Money"];
            /** @description prepaid or postpaid */
            payment_type?: string;
            note?: string | null;
        } & {
            [key: string]: unknown;
        };
        Company: components["schemas"]["CompanyFields"] & {
            customer_id?: components["schemas"]["Id"];
            platform_id?: components["schemas"]["Id"];
            created_at?: components["schemas"]["WireTime"];
            updated_at?: components["schemas"]["WireTime"];
        };
        CompanyName: {
            customer_id?: components["schemas"]["Id"];
            customer_name?: string;
        } & {
            [key: string]: unknown;
        };
        /** @description No field of an answer was observed */
        Cdr: {
            cdr_id?: components["schemas"]["Id"];
            /** @description SIP Call-ID */
            call_id?: string;
            start_time?: components["schemas"]["WireTime"];
            answer_time?: components["schemas"]["WireTime"] | null;
            end_time?: components["schemas"]["WireTime"];
            src_number?: string;
            dst_number?: string;
            lrn_number?: string | null;
            account_id?: components["schemas"]["Id"];
            account_name?: string;
            carrier_id?: components["schemas"]["Id"];
            carrier_name?: string;
            /** @description The account's company */
            customer_id?: components["schemas"]["Id"];
            platform_id?: components["schemas"]["Id"];
            /** @description Seconds from answer to end */
            duration?: number | string;
            /** @description Milliseconds from INVITE to first ringing or busy */
            pdd_ms?: number | string | null;
            sip_code?: number | string;
            /** @description account or carrier */
            release_side?: string;
            /** @description inter intra indeterminate international */
            jurisdiction?: string;
            /** @description Per minute */
            account_rate?: components["schemas"]["Money"];
            /** @description First/next seconds, as 6/6 */
            account_increment?: string;
            account_billed_seconds?: number | string;
            account_cost?: components["schemas"]["Money"];
            /** @description Per minute */
            carrier_rate?: components["schemas"]["Money"];
            /** @description First/next seconds, as 6/6 */
            carrier_increment?: string;
            carrier_billed_seconds?: number | string;
            carrier_cost?: components["schemas"]["Money"];
        } & {
            [key: string]: unknown;
        };
        Restriction: {
            restriction_id?: components["schemas"]["Id"];
            priority?: number | string;
            /** @description 0 means all carriers */
            carrier_id?: components["schemas"]["Id"];
            /** @description 0 means all accounts */
            account_id?: components["schemas"]["Id"];
            dst_number?: string | null;
            src_number?: string | null;
            src_match_type?: number | string;
            restriction_start?: components["schemas"]["WireTime"] | null;
            restriction_end?: components["schemas"]["WireTime"] | null;
            note?: string | null;
            enabled?: components["schemas"]["Flag"];
            platform_id?: components["schemas"]["Id"];
            created_at?: components["schemas"]["WireTime"];
            updated_at?: components["schemas"]["WireTime"];
        } & {
            [key: string]: unknown;
        };
        RestrictionChange: {
            history_id?: components["schemas"]["Id"];
            restriction_id?: components["schemas"]["Id"];
            /** @description created updated disabled */
            action?: string;
            username?: string;
            changed_at?: components["schemas"]["WireTime"];
            before?: components["schemas"]["Restriction"] | null;
            after?: components["schemas"]["Restriction"];
        } & {
            [key: string]: unknown;
        };
        /** @description No field was observed; an unported number may return itself */
        Lrn: {
            number?: string;
            lrn?: string;
            /** @description Operating company number */
            ocn?: string;
            lata?: string;
            state?: string | null;
        } & {
            [key: string]: unknown;
        };
        Deck: {
            crd_id?: components["schemas"]["Id"];
            account_id?: components["schemas"]["Id"];
            carrier_id?: components["schemas"]["Id"];
            deck_name?: string;
            /** @description 0 international or 1 local */
            local?: components["schemas"]["Flag"];
            enabled?: components["schemas"]["Flag"];
            currency?: string;
            filename?: string | null;
            rows_count?: number;
            effective_at?: components["schemas"]["WireTime"];
            platform_id?: components["schemas"]["Id"];
            updated_at?: components["schemas"]["WireTime"];
        } & {
            [key: string]: unknown;
        };
        DeckUpload: {
            /** @description The platform's own name for the file */
            filename?: string;
            crd_id?: components["schemas"]["Id"];
            headers?: string[];
        } & {
            [key: string]: unknown;
        };
        ProcessFields: {
            crd_id: components["schemas"]["Id"];
            filename: string;
            /** @description The platform's field to the file's header */
            fieldsmap: {
                [key: string]: string;
            };
        };
        DeckStatus: {
            filename?: string;
            crd_id?: components["schemas"]["Id"];
            /** @description queued processing done failed */
            status?: string;
            rows_total?: number;
            rows_done?: number;
            rows_failed?: number;
        } & {
            [key: string]: unknown;
        };
        Link: {
            url?: string;
            expires_at?: components["schemas"]["WireTime"];
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description Why the call was refused; not always JSON */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing but a message */
        Done: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"];
            };
        };
        /** @description One account */
        Account: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Account"];
                };
            };
        };
        /** @description One carrier */
        Carrier: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Carrier"];
                };
            };
        };
        /** @description Carriers, as a bare array */
        CarrierRows: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Carrier"][];
                };
            };
        };
        /** @description One company */
        Company: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Company"];
                };
            };
        };
        /** @description One restriction */
        Restriction: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Restriction"];
                };
            };
        };
        /** @description Rate decks, as a bare array */
        DeckRows: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Deck"][];
                };
            };
        };
        /** @description What was read of the file */
        Upload: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["DeckUpload"];
                };
            };
        };
        /** @description How far the processing is */
        DeckStatus: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["DeckStatus"];
                };
            };
        };
        /** @description A link valid for one hour; it needs no token */
        Link: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Envelope"] & {
                    data?: components["schemas"]["Link"];
                };
            };
        };
    };
    parameters: {
        ObjectId: components["schemas"]["Id"];
        EncryptedUser: string;
        External: components["schemas"]["Bit"];
        PerPage: number;
        Page: number;
        PlatformId: components["schemas"]["Id"];
        CompanyId: components["schemas"]["Id"];
        PlatformFilter: components["schemas"]["Id"][];
        /** @description 0 international or 1 local */
        Local: components["schemas"]["Bit"];
        /** @description 0 means all carriers */
        RestrictionCarrier: components["schemas"]["Id"];
        /** @description 0 means all accounts */
        RestrictionAccount: components["schemas"]["Id"];
        RestrictionDst: components["schemas"]["Digits"];
        RestrictionStart: components["schemas"]["WireTime"];
        RestrictionEnd: components["schemas"]["WireTime"];
        RestrictionSrc: string;
        /** @description 0 default 1 starts with 2 exact */
        RestrictionSrcMatch: 0 | 1 | 2;
        RestrictionNote: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    username: string;
                    password: string;
                    platform_id?: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            /** @description A token in data.token or token, or a challenge with an encrypted user id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        token?: string;
                        data?: components["schemas"]["Session"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyOtp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                encrypted_user: components["parameters"]["EncryptedUser"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Leading zeros count */
                    two_factor_code: string;
                };
            };
        };
        responses: {
            /** @description The token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        token?: string;
                        data?: components["schemas"]["Session"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    emailPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                encrypted_user: components["parameters"]["EncryptedUser"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description The temporary password */
                    t_password: string;
                    password: string;
                    /** @description The new password again */
                    c_password: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Done"];
            default: components["responses"]["Problem"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                per_page?: components["parameters"]["PerPage"];
                page?: components["parameters"]["Page"];
                platform_id?: components["parameters"]["PlatformId"];
                company_id?: components["parameters"]["CompanyId"];
                "platform_filter[]"?: components["parameters"]["PlatformFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Paginator"] & {
                            data?: components["schemas"]["Account"][];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createAccount: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WithRequired<components["schemas"]["AccountFields"], "account_name" | "customer_id">;
            };
        };
        responses: {
            200: components["responses"]["Account"];
            default: components["responses"]["Problem"];
        };
    };
    getAccount: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Account"];
            default: components["responses"]["Problem"];
        };
    };
    updateAccount: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountFields"];
            };
        };
        responses: {
            200: components["responses"]["Account"];
            default: components["responses"]["Problem"];
        };
    };
    listAccountCarriers: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CarrierRows"];
            default: components["responses"]["Problem"];
        };
    };
    listCarriers: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                per_page?: components["parameters"]["PerPage"];
                page?: components["parameters"]["Page"];
                platform_id?: components["parameters"]["PlatformId"];
                company_id?: components["parameters"]["CompanyId"];
                "platform_filter[]"?: components["parameters"]["PlatformFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of carriers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Paginator"] & {
                            data?: components["schemas"]["Carrier"][];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createCarrier: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WithRequired<components["schemas"]["CarrierFields"], "carrier_name">;
            };
        };
        responses: {
            200: components["responses"]["Carrier"];
            default: components["responses"]["Problem"];
        };
    };
    getCarrier: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Carrier"];
            default: components["responses"]["Problem"];
        };
    };
    updateCarrier: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CarrierFields"];
            };
        };
        responses: {
            200: components["responses"]["Carrier"];
            default: components["responses"]["Problem"];
        };
    };
    listCarrierAccounts: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The accounts, as a bare array */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Account"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCompanies: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                per_page?: components["parameters"]["PerPage"];
                page?: components["parameters"]["Page"];
                platform_id?: components["parameters"]["PlatformId"];
                "platform_filter[]"?: components["parameters"]["PlatformFilter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of companies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Paginator"] & {
                            data?: components["schemas"]["Company"][];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createCompany: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": WithRequired<components["schemas"]["CompanyFields"], "customer_name">;
            };
        };
        responses: {
            200: components["responses"]["Company"];
            default: components["responses"]["Problem"];
        };
    };
    getCompany: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Company"];
            default: components["responses"]["Problem"];
        };
    };
    updateCompany: {
        parameters: {
            query?: {
                external?: components["parameters"]["External"];
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompanyFields"];
            };
        };
        responses: {
            200: components["responses"]["Company"];
            default: components["responses"]["Problem"];
        };
    };
    getCompanyBalance: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: {
                            balanceamount?: components["schemas"]["Money"];
                            currency?: string;
                            credit_limit?: components["schemas"]["Money"];
                        } & {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCompanyNames: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ids and names, as a bare array */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["CompanyName"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    searchCdrs: {
        parameters: {
            query?: {
                /** @description The platform id */
                p_id?: components["schemas"]["Id"];
                lrn_number?: components["schemas"]["Digits"];
                account_id?: components["schemas"]["Id"];
                carrier_id?: components["schemas"]["Id"];
                src_number?: components["schemas"]["Digits"];
                dst_number?: components["schemas"]["Digits"];
                /** @description First second of the range */
                start_date?: components["schemas"]["WireTime"];
                /** @description Last second of the range */
                end_time?: components["schemas"]["WireTime"];
                /** @description Seconds */
                min_duration?: number;
                /** @description Seconds */
                max_duration?: number;
                /** @description 1 leaves out attempts that were not answered */
                search_completed?: components["schemas"]["Bit"];
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest records of the range, as a bare array */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Cdr"][];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRestrictions: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
                /** @description 0 means all carriers */
                carrier_id?: components["parameters"]["RestrictionCarrier"];
                /** @description 0 means all accounts */
                account_id?: components["parameters"]["RestrictionAccount"];
                src_number?: components["schemas"]["Digits"];
                dst_number?: components["schemas"]["Digits"];
                per_page?: 10 | 25 | 50 | 100 | 1000;
                page_token?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of restrictions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: {
                            data?: components["schemas"]["Restriction"][];
                            per_page?: number;
                            next_page_token?: string | null;
                        } & {
                            [key: string]: unknown;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createRestriction: {
        parameters: {
            query: {
                platform_id?: components["parameters"]["PlatformId"];
                priority: number;
                /** @description 0 means all carriers */
                carrier_id?: components["parameters"]["RestrictionCarrier"];
                /** @description 0 means all accounts */
                account_id?: components["parameters"]["RestrictionAccount"];
                dst_number?: components["parameters"]["RestrictionDst"];
                restriction_start?: components["parameters"]["RestrictionStart"];
                restriction_end?: components["parameters"]["RestrictionEnd"];
                src_number?: components["parameters"]["RestrictionSrc"];
                /** @description 0 default 1 starts with 2 exact */
                src_match_type?: components["parameters"]["RestrictionSrcMatch"];
                note?: components["parameters"]["RestrictionNote"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Restriction"];
            default: components["responses"]["Problem"];
        };
    };
    updateRestriction: {
        parameters: {
            query: {
                restriction_id: components["schemas"]["Id"];
                platform_id?: components["parameters"]["PlatformId"];
                priority?: number;
                /** @description 0 means all carriers */
                carrier_id?: components["parameters"]["RestrictionCarrier"];
                /** @description 0 means all accounts */
                account_id?: components["parameters"]["RestrictionAccount"];
                dst_number?: components["parameters"]["RestrictionDst"];
                restriction_start?: components["parameters"]["RestrictionStart"];
                restriction_end?: components["parameters"]["RestrictionEnd"];
                src_number?: components["parameters"]["RestrictionSrc"];
                /** @description 0 default 1 starts with 2 exact */
                src_match_type?: components["parameters"]["RestrictionSrcMatch"];
                note?: components["parameters"]["RestrictionNote"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Restriction"];
            default: components["responses"]["Problem"];
        };
    };
    getRestriction: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Restriction"];
            default: components["responses"]["Problem"];
        };
    };
    disableRestriction: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Restriction"];
            default: components["responses"]["Problem"];
        };
    };
    listRestrictionHistory: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
                restriction_id?: components["schemas"]["Id"];
                per_page?: number;
                page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Paginator"] & {
                            data?: components["schemas"]["RestrictionChange"][];
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    lookupLrn: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                number: components["schemas"]["Digits"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whatever the platform knows of the number */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Envelope"] & {
                        data?: components["schemas"]["Lrn"];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAccountDecks: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
                /** @description 0 international or 1 local */
                local?: components["parameters"]["Local"];
                enabled?: components["schemas"]["Bit"];
                account_id?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeckRows"];
            default: components["responses"]["Problem"];
        };
    };
    uploadAccountDeck: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                    account_id: components["schemas"]["Id"];
                    local: components["schemas"]["Bit"];
                };
            };
        };
        responses: {
            200: components["responses"]["Upload"];
            default: components["responses"]["Problem"];
        };
    };
    processAccountDeck: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcessFields"] & {
                    account_id: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            200: components["responses"]["DeckStatus"];
            default: components["responses"]["Problem"];
        };
    };
    listCarrierDecks: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
                /** @description 0 international or 1 local */
                local?: components["parameters"]["Local"];
                carrier_id?: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeckRows"];
            default: components["responses"]["Problem"];
        };
    };
    uploadCarrierDeck: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    file: string;
                    carrier_id: components["schemas"]["Id"];
                    local: components["schemas"]["Bit"];
                };
            };
        };
        responses: {
            200: components["responses"]["Upload"];
            default: components["responses"]["Problem"];
        };
    };
    processCarrierDeck: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProcessFields"] & {
                    carrier_id: components["schemas"]["Id"];
                };
            };
        };
        responses: {
            200: components["responses"]["DeckStatus"];
            default: components["responses"]["Problem"];
        };
    };
    getCarrierDeckStatus: {
        parameters: {
            query: {
                platform_id?: components["parameters"]["PlatformId"];
                filename: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeckStatus"];
            default: components["responses"]["Problem"];
        };
    };
    downloadCarrierDeck: {
        parameters: {
            query?: {
                platform_id?: components["parameters"]["PlatformId"];
            };
            header?: never;
            path: {
                id: components["parameters"]["ObjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Link"];
            default: components["responses"]["Problem"];
        };
    };
    getCarrierDeckFailures: {
        parameters: {
            query: {
                platform_id?: components["parameters"]["PlatformId"];
                crd_id: components["schemas"]["Id"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Link"];
            default: components["responses"]["Problem"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
