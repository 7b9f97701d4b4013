-- supportcli 0.1.0: fees and advice on support plans, for Spark.
-- Catalogue alibaba-cloud-cn, rules of 2026-12-01, SHA-256 762f14456746ce2913930f5f045e228479871955ee2449774b946a90c1e09ab4.
-- Reading additive where a row names no other; terms from 2026-12-01; amounts in CNY.
-- Doubtful: The source says "prepaid + postpaid", not whether prepaid is offset.
-- Doubtful: "About" 10% is taken as 10%.
-- Doubtful: Minimum term, renewal, change of plan, tax, and whether 16 hours are calendar hours are not stated; calendar hours are assumed (24x7).
-- Doubtful: For orders from 2025-06-16 11:00 the vendor lists 企业级 (Enterprise), 顶级 (Premier) and 卓越级 (a further plan, price unknown); Business and the trial edition are not in that list, nor in our source's own list of plans (lines 10-12).
-- Plans by their numbers in the stages: 0 basic, 1 business, 2 enterprise-trial, 3 enterprise, 4 premier, 5 zhuoyue.
-- Without a known price, so never chosen: business, zhuoyue.
-- The same for every row: response_minutes 10, response_business FALSE, hours_24x7 FALSE, hours_business FALSE, named_tam FALSE, services ',', accounts 1, months 12, plan NULL, reading 'additive', current_plan NULL.
-- Where a cell is NULL: tam FALSE, tickets NULL.
-- A spend of 1,000,000,000,000 or more, or with more than 2 decimals, is refused.
-- Every row comes back: one that cannot be quoted has a code in reason_code and no figures.
-- Repeated accounts are not looked for. Print it again when the catalogue changes.
CREATE OR REPLACE VIEW `support_advice` AS
WITH given AS ( -- what the table says
  SELECT
    t.`account` AS k0,
    t.`monthly_spend` AS g_monthly_spend,
    t.`needs_tam` AS g_tam,
    t.`tickets` AS g_tickets
  FROM `sales`.`customers` AS t
),
checked AS ( -- why a row is refused; every row comes back
  SELECT *,
    CASE WHEN g_monthly_spend IS NULL THEN 'spend_missing' WHEN g_monthly_spend < 0 THEN 'spend_negative' WHEN g_monthly_spend > 999999999999.99 THEN 'too_many_digits' WHEN CAST(g_monthly_spend AS DECIMAL(14, 2)) IS NULL THEN 'spend_not_understood' WHEN CAST(g_monthly_spend AS DECIMAL(14, 2)) <> g_monthly_spend OR CAST(CAST(g_monthly_spend AS DECIMAL(14, 2)) AS DOUBLE) <> CAST(g_monthly_spend AS DOUBLE) OR (g_monthly_spend >= 167772.16 AND typeof(g_monthly_spend) = 'float') THEN 'too_many_digits' WHEN g_tickets < 0 OR g_tickets > 999999 THEN 'tickets_not_understood' WHEN CAST(g_tickets AS INTEGER) <> g_tickets THEN 'tickets_not_understood' WHEN g_tickets IS NOT NULL AND CAST(g_tickets AS INTEGER) IS NULL THEN 'tickets_not_understood' END AS refused
  FROM given
),
valued AS ( -- its values, or what holds for every row
  SELECT *,
    CASE WHEN refused IS NULL THEN CAST(g_monthly_spend AS DECIMAL(14, 2)) END AS x0,
    CASE WHEN refused IS NULL THEN COALESCE(g_tam, FALSE) END AS v_tam,
    CASE WHEN refused IS NULL THEN CAST(g_tickets AS INTEGER) END AS v_tickets
  FROM checked
),
advice_0 AS ( -- fees of the months
  SELECT *,
    CAST(0 AS DECIMAL(18, 2)) AS a_m0_0,
    CAST(0 AS DECIMAL(18, 2)) AS a_first_0,
    CAST(0 AS DECIMAL(18, 2)) AS a_pre_0,
    CAST(0 AS DECIMAL(18, 2)) AS a_m0_0_floor,
    CAST(0 AS DECIMAL(18, 2)) AS a_first_0_floor,
    CAST(0 AS DECIMAL(18, 2)) AS a_pre_0_floor,
    ROUND(0.1 * x0 + 5000, 2) AS a_m0_2,
    ROUND(0.1 * x0 + 5000, 2) AS a_first_2,
    CAST(5000 AS DECIMAL(18, 2)) AS a_pre_2,
    CASE WHEN x0 < 50000.00 THEN CAST(5000 AS DECIMAL(18, 2)) ELSE ROUND(0.1 * x0, 2) END AS a_m0_2_floor,
    CASE WHEN x0 < 50000.00 THEN CAST(5000 AS DECIMAL(18, 2)) ELSE ROUND(0.1 * x0, 2) END AS a_first_2_floor,
    CAST(5000 AS DECIMAL(18, 2)) AS a_pre_2_floor,
    ROUND(0.1 * x0 + 25000, 2) AS a_m0_3,
    ROUND(0.1 * x0 + 25000, 2) AS a_first_3,
    CAST(25000 AS DECIMAL(18, 2)) AS a_pre_3,
    CASE WHEN x0 < 250000.00 THEN CAST(25000 AS DECIMAL(18, 2)) ELSE ROUND(0.1 * x0, 2) END AS a_m0_3_floor,
    CASE WHEN x0 < 250000.00 THEN CAST(25000 AS DECIMAL(18, 2)) ELSE ROUND(0.1 * x0, 2) END AS a_first_3_floor,
    CAST(25000 AS DECIMAL(18, 2)) AS a_pre_3_floor,
    ROUND(0.1 * x0 + 50000, 2) AS a_m0_4,
    ROUND(0.1 * x0 + 50000, 2) AS a_first_4,
    CAST(50000 AS DECIMAL(18, 2)) AS a_pre_4,
    CASE WHEN x0 < 500000.00 THEN CAST(50000 AS DECIMAL(18, 2)) ELSE ROUND(0.1 * x0, 2) END AS a_m0_4_floor,
    CASE WHEN x0 < 500000.00 THEN CAST(50000 AS DECIMAL(18, 2)) ELSE ROUND(0.1 * x0, 2) END AS a_first_4_floor,
    CAST(50000 AS DECIMAL(18, 2)) AS a_pre_4_floor
  FROM valued
),
advice_1 AS ( -- sums, and whether a plan fits
  SELECT *,
    a_m0_0 * 12 AS a_annual_0,
    a_m0_0 * 12 AS a_term_0,
    a_m0_0_floor * 12 AS a_annual_0_floor,
    (10 IS NULL OR 10 >= 120) AND (NOT v_tam) AS a_fits_0,
    a_m0_2 * 12 AS a_annual_2,
    a_m0_2 * 12 AS a_term_2,
    a_m0_2_floor * 12 AS a_annual_2_floor,
    (10 IS NULL OR 10 >= 10) AND (NOT v_tam) AND (COALESCE(v_tickets, 0) <= 30) AS a_fits_2,
    a_m0_3 * 12 AS a_annual_3,
    a_m0_3 * 12 AS a_term_3,
    a_m0_3_floor * 12 AS a_annual_3_floor,
    (10 IS NULL OR 10 >= 10) AND (NOT v_tam) AS a_fits_3,
    a_m0_4 * 12 AS a_annual_4,
    a_m0_4 * 12 AS a_term_4,
    a_m0_4_floor * 12 AS a_annual_4_floor,
    (10 IS NULL OR 10 >= 10) AS a_fits_4
  FROM advice_0
),
advice_2 AS ( -- the choice, step by step
  SELECT *,
    LEAST(CASE WHEN a_fits_0 THEN a_term_0 END, CASE WHEN a_fits_3 THEN a_term_3 END, CASE WHEN a_fits_4 THEN a_term_4 END) AS a_best
  FROM advice_1
),
advice_3 AS ( -- the choice, step by step
  SELECT *,
    CASE WHEN a_fits_4 AND a_term_4 = a_best THEN 'premier' WHEN a_fits_3 AND a_term_3 = a_best THEN 'enterprise' WHEN a_fits_0 AND a_term_0 = a_best THEN 'basic' END AS a_plan
  FROM advice_2
),
advice_4 AS ( -- the choice, step by step
  SELECT *,
    LEAST(CASE WHEN a_fits_0 AND a_plan <> 'basic' THEN a_term_0 END, CASE WHEN a_fits_3 AND a_plan <> 'enterprise' THEN a_term_3 END, CASE WHEN a_fits_4 AND a_plan <> 'premier' THEN a_term_4 END) AS a_second
  FROM advice_3
),
advice_5 AS ( -- the choice, step by step
  SELECT *,
    CASE WHEN a_fits_4 AND a_plan <> 'premier' AND a_term_4 = a_second THEN 'premier' WHEN a_fits_3 AND a_plan <> 'enterprise' AND a_term_3 = a_second THEN 'enterprise' WHEN a_fits_0 AND a_plan <> 'basic' AND a_term_0 = a_second THEN 'basic' END AS a_next,
    CASE WHEN a_best IS NULL AND (a_fits_2) THEN 'only_doubtful_fits' WHEN a_best IS NULL THEN 'no_plan_fits' WHEN CASE WHEN a_fits_0 AND a_term_0 = a_best THEN 1 ELSE 0 END + CASE WHEN a_fits_3 AND a_term_3 = a_best THEN 1 ELSE 0 END + CASE WHEN a_fits_4 AND a_term_4 = a_best THEN 1 ELSE 0 END > 1 THEN 'tie_higher_tier' WHEN CASE WHEN a_fits_0 THEN 1 ELSE 0 END + CASE WHEN a_fits_3 THEN 1 ELSE 0 END + CASE WHEN a_fits_4 THEN 1 ELSE 0 END > 1 THEN 'cheapest' ELSE 'only_fit' END AS a_reason,
    CASE a_plan WHEN 'basic' THEN a_first_0 WHEN 'enterprise-trial' THEN a_first_2 WHEN 'enterprise' THEN a_first_3 WHEN 'premier' THEN a_first_4 END AS a_monthly,
    CASE a_plan WHEN 'basic' THEN a_pre_0 WHEN 'enterprise-trial' THEN a_pre_2 WHEN 'enterprise' THEN a_pre_3 WHEN 'premier' THEN a_pre_4 END AS a_prepaid,
    CASE a_plan WHEN 'basic' THEN a_annual_0 WHEN 'enterprise-trial' THEN a_annual_2 WHEN 'enterprise' THEN a_annual_3 WHEN 'premier' THEN a_annual_4 END AS a_annual,
    CASE a_plan WHEN 'basic' THEN a_annual_0_floor WHEN 'enterprise-trial' THEN a_annual_2_floor WHEN 'enterprise' THEN a_annual_3_floor WHEN 'premier' THEN a_annual_4_floor END AS a_likely,
    CASE a_plan WHEN 'basic' THEN a_term_0 WHEN 'enterprise-trial' THEN a_term_2 WHEN 'enterprise' THEN a_term_3 WHEN 'premier' THEN a_term_4 END AS a_cost
  FROM advice_4
),
advice_6 AS ( -- the choice, step by step
  SELECT *,
    CASE a_next WHEN 'basic' THEN a_first_0 WHEN 'enterprise-trial' THEN a_first_2 WHEN 'enterprise' THEN a_first_3 WHEN 'premier' THEN a_first_4 END AS a_next_monthly
  FROM advice_5
),
advice_7 AS ( -- the choice, step by step
  SELECT *,
    COALESCE(((10 IS NULL OR 10 >= 10) AND (NOT v_tam)) AND (a_plan IS NULL OR (FALSE OR a_plan IN ('enterprise-trial', 'enterprise', 'premier') AND a_cost <> 0)), FALSE) AS a_worth0,
    COALESCE((a_fits_2) AND (a_plan IS NULL OR (a_term_2 < a_cost)), FALSE) AS a_worth1,
    COALESCE(((10 IS NULL) AND (NOT v_tam)) AND (a_plan IS NULL OR (FALSE)), FALSE) AS a_worth2
  FROM advice_6
),
advice_8 AS ( -- the choice, step by step
  SELECT *,
    CASE WHEN a_worth1 THEN a_term_2 END AS a_least
  FROM advice_7
),
advice_9 AS ( -- the choice, step by step
  SELECT *,
    NULLIF(TRIM(CASE a_plan WHEN 'business' THEN CASE WHEN (10 >= 10 AND 10 < 120 AND NOT FALSE) OR (10 >= 10 AND 10 < 120 AND FALSE) THEN ' limit:urgent-upgrades' ELSE '' END WHEN 'enterprise-trial' THEN CASE WHEN (10 >= 10 AND 10 < 40 AND NOT FALSE) OR (10 >= 10 AND 10 < 40 AND FALSE) OR (10 >= 40 AND NOT FALSE) OR (10 >= 40 AND FALSE) THEN ' assumed:trial-as-enterprise' ELSE '' END ELSE '' END || CASE WHEN (a_worth0) OR (a_plan = 'business' AND NOT FALSE) THEN ' ask_first:business' ELSE '' END || CASE WHEN (a_worth1) OR (a_plan = 'enterprise-trial' AND NOT FALSE) THEN ' ask_first:enterprise-trial' ELSE '' END || CASE WHEN (a_worth2) THEN ' ask_first:zhuoyue' ELSE '' END || CASE WHEN (a_annual <> a_likely) THEN ' reading' ELSE '' END), '') AS a_doubts,
    CASE WHEN a_worth1 AND a_term_2 = a_least THEN 'enterprise-trial' WHEN a_worth0 THEN 'business' WHEN a_worth2 THEN 'zhuoyue' END AS a_ask
  FROM advice_8
)
SELECT
    k0 AS `account`,
    CASE WHEN refused IS NULL THEN a_plan END AS `plan`,
    CAST(CASE WHEN refused IS NULL THEN a_monthly END AS DECIMAL(24, 2)) AS `monthly_fee`,
    CAST(CASE WHEN refused IS NULL THEN a_prepaid END AS DECIMAL(24, 2)) AS `prepaid`,
    CAST(CASE WHEN refused IS NULL THEN a_monthly - a_prepaid END AS DECIMAL(24, 2)) AS `postpaid`,
    CAST(CASE WHEN refused IS NULL THEN a_annual END AS DECIMAL(24, 2)) AS `annual_cost`,
    CASE WHEN refused IS NULL THEN a_next END AS `next_plan`,
    CAST(CASE WHEN refused IS NULL THEN a_next_monthly END AS DECIMAL(24, 2)) AS `next_monthly_fee`,
    CASE WHEN refused IS NULL THEN a_fits_0 END AS `basic_fits`,
    CAST(CASE WHEN refused IS NULL THEN a_first_0 END AS DECIMAL(24, 2)) AS `basic_monthly_fee`,
    CAST(CASE WHEN refused IS NULL THEN a_annual_0 END AS DECIMAL(24, 2)) AS `basic_annual_cost`,
    CASE WHEN refused IS NULL THEN a_fits_2 END AS `enterprise-trial_fits`,
    CAST(CASE WHEN refused IS NULL THEN a_first_2 END AS DECIMAL(24, 2)) AS `enterprise-trial_monthly_fee`,
    CAST(CASE WHEN refused IS NULL THEN a_annual_2 END AS DECIMAL(24, 2)) AS `enterprise-trial_annual_cost`,
    CASE WHEN refused IS NULL THEN a_fits_3 END AS `enterprise_fits`,
    CAST(CASE WHEN refused IS NULL THEN a_first_3 END AS DECIMAL(24, 2)) AS `enterprise_monthly_fee`,
    CAST(CASE WHEN refused IS NULL THEN a_annual_3 END AS DECIMAL(24, 2)) AS `enterprise_annual_cost`,
    CASE WHEN refused IS NULL THEN a_fits_4 END AS `premier_fits`,
    CAST(CASE WHEN refused IS NULL THEN a_first_4 END AS DECIMAL(24, 2)) AS `premier_monthly_fee`,
    CAST(CASE WHEN refused IS NULL THEN a_annual_4 END AS DECIMAL(24, 2)) AS `premier_annual_cost`,
    COALESCE(refused, a_reason) AS `reason_code`,
    CASE WHEN refused IS NULL THEN 'additive' END AS `reading`,
    CAST(CASE WHEN refused IS NULL THEN a_likely END AS DECIMAL(24, 2)) AS `likely_annual_cost`,
    CASE WHEN refused IS NULL THEN a_doubts END AS `doubts`,
    CASE WHEN refused IS NULL THEN a_ask END AS `ask_first`
FROM advice_9;
