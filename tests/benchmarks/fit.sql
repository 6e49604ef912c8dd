-- stage: read
create table account as from read_parquet(getvariable('folder') || '/account.parquet');
create table audience as from read_parquet(getvariable('folder') || '/audience.parquet');
create table target as from read_parquet(getvariable('folder') || '/target.parquet');
create table weight as from read_parquet(getvariable('folder') || '/weight.parquet');

-- stage: score
create table account_component as
with

listed as (
    select account_id, dimension, sum(share) as listed
    from audience
    where segment not in ('others', 'unreported')
    group by all
),

asked as (
    select *, count(*) over (partition by brief_id) as n_dimensions
    from (select distinct brief_id, dimension from target)
),

overlap as (
    select
        target.brief_id,
        audience.account_id,
        dimension,
        sum(share) as inside,
        sum(share * log2((share + wanted) / share) + wanted * log2((share + wanted) / wanted)) / 2
            as similarity
    from audience
    inner join target using (dimension, segment)
    group by all
),

dimension_match as (
    select
        asked.brief_id,
        listed.account_id,
        dimension,
        n_dimensions,
        coalesce(similarity, 0) as similarity,
        case
            when dimension = 'country' then coalesce(inside, 0)
            when dimension <> 'city' then least(coalesce(inside, 0) / listed, 1)
        end as inside_share
    from asked
    inner join listed using (dimension)
    left join overlap using (brief_id, account_id, dimension)
),

audience_match as (
    select
        brief_id,
        account_id,
        count(*) / any_value(n_dimensions) as match_known,
        pow(product(least(similarity, 1)), 1 / count(*)) as audience_match,
        product(inside_share) as target_share,
        count(inside_share) / 3 as share_known
    from dimension_match
    group by all
),

brief as (select distinct brief_id, min_engagement_rate from weight)

select
    brief.brief_id,
    account.creator_id,
    account_id,
    followers,
    engagement_rate,
    audience_match,
    coalesce(match_known, 0) as match_known,
    if(share_known > 0, target_share, null) as target_share,
    coalesce(share_known, 0) as share_known,
    expected_reach * if(share_known > 0, target_share, null) as people,
    engagement,
    consistency
from account
cross join brief
left join audience_match using (brief_id, account_id);

create table account_weight as
with total as (
    select
        brief_id,
        creator_id,
        case
            when count(people) = count(*) and sum(people) > 0 then 'targeted_reach'
            when count(followers) = count(*) and sum(followers) > 0 then 'followers'
            else 'equal'
        end as combined_by,
        sum(people) as all_people,
        sum(followers) as all_followers,
        count(*) as n_accounts,
        max(engagement_rate) as engagement_rate
    from account_component
    group by all
)

select
    account_component.* exclude (engagement_rate),
    combined_by,
    n_accounts,
    all_people,
    total.engagement_rate,
    case combined_by
        when 'targeted_reach' then people / all_people
        when 'followers' then followers / all_followers
        else 1 / n_accounts
    end as account_weight
from account_component
inner join total using (brief_id, creator_id);

create table creator as
select
    brief_id,
    creator_id,
    any_value(combined_by) as combined_by,
    any_value(n_accounts) as n_accounts,
    any_value(all_people) as people,
    any_value(engagement_rate) as engagement_rate,
    sum(account_weight * audience_match)
        / nullif(sum(account_weight) filter (audience_match is not null), 0) as audience_match,
    sum(account_weight * match_known) as match_known,
    sum(account_weight * target_share)
        / nullif(sum(account_weight) filter (target_share is not null), 0) as target_share,
    sum(account_weight * share_known) as share_known,
    coalesce(sum(account_weight * share_known) filter (people is not null), 0) as reach_known,
    sum(account_weight * engagement)
        / nullif(sum(account_weight) filter (engagement is not null), 0) as engagement,
    coalesce(sum(account_weight) filter (engagement is not null), 0) as engagement_known,
    sum(account_weight * consistency)
        / nullif(sum(account_weight) filter (consistency is not null), 0) as consistency,
    coalesce(sum(account_weight) filter (consistency is not null), 0) as consistency_known
from account_weight
group by brief_id, creator_id;

create table component as
with

reached as (
    select
        *,
        if(
            people is null,
            null,
            (rank() over brief - 1 + count(*) over same / 2) / count(people) over everyone
        ) as targeted_reach
    from creator
    window
        brief as (partition by brief_id order by people nulls last),
        same as (partition by brief_id, people),
        everyone as (partition by brief_id)
),

long as (
    select
        brief_id,
        creator_id,
        unnest([
            {component: 'audience_match', value: audience_match, known: match_known},
            {component: 'target_share', value: target_share, known: share_known},
            {component: 'targeted_reach', value: targeted_reach, known: reach_known},
            {component: 'engagement', value: engagement, known: engagement_known},
            {component: 'consistency', value: consistency, known: consistency_known}
        ], recursive := true)
    from reached
),

weighed as (
    select
        brief_id,
        creator_id,
        component,
        value,
        weight,
        weight * known as effective,
        value = 0 as is_zero,
        weight * known * if(value > 0, ln(value), 0) as logs
    from long
    inner join weight using (brief_id, component)
),

summed as (
    select
        brief_id,
        creator_id,
        sum(effective) as effective_all,
        sum(effective) / sum(weight) as coverage,
        sum(logs) as logs_all,
        count_if(is_zero) as n_zero,
        count(value) as n_known
    from weighed
    group by all
)

select
    brief_id,
    creator_id,
    component,
    value,
    coverage,
    if(coverage < 0.5 - 1e-9, null, if(n_zero > 0, 0, exp(logs_all / effective_all))) as score,
    case
        when value is null or n_known = 1 then null
        when n_zero - is_zero::int > 0 then score
        else score - exp((logs_all - logs) / (effective_all - effective))
    end as contribution
from weighed
inner join summed using (brief_id, creator_id);

create table fit as
with

wide as (
    select
        brief_id,
        creator_id,
        any_value(score) as score,
        any_value(coverage) as coverage,
        max(value) filter (component = 'audience_match') as audience_match,
        max(value) filter (component = 'target_share') as target_share,
        max(value) filter (component = 'targeted_reach') as targeted_reach,
        max(value) filter (component = 'engagement') as engagement,
        max(value) filter (component = 'consistency') as consistency,
        max(contribution) filter (component = 'audience_match') as contribution_audience_match,
        max(contribution) filter (component = 'target_share') as contribution_target_share,
        max(contribution) filter (component = 'targeted_reach') as contribution_targeted_reach,
        max(contribution) filter (component = 'engagement') as contribution_engagement,
        max(contribution) filter (component = 'consistency') as contribution_consistency
    from component
    group by all
),

held as (
    select
        wide.*,
        combined_by,
        n_accounts,
        people as targeted_reach_people,
        coalesce(engagement_rate >= min_engagement_rate, true) as is_eligible
    from wide
    inner join creator using (brief_id, creator_id)
    inner join (select distinct brief_id, min_engagement_rate from weight) using (brief_id)
)

select
    *,
    if(
        is_eligible and score is not null,
        row_number() over (
            partition by brief_id, is_eligible and score is not null
            order by score desc, creator_id
        ),
        null
    ) as rank
from held
order by brief_id, creator_id;
