-- The same load and the same tables as the product's, by DuckDB alone: nothing is checked,
-- archived, quarantined or versioned. Variables: inbox, as_of. One section per stage.

-- stage: load

create schema history;

-- read once, wide; the counters then move to their own table
create table history.post as
select
    'instagram' as platform,
    "Post ID" as post_id,
    "Account ID" as account_ref,
    "Account username" as account_handle,
    "Account name" as account_name,
    "Description" as caption,
    "Duration (sec)" as duration_s,
    timezone('America/Los_Angeles', "Publish time") as published_at,
    "Permalink" as url,
    case "Post type"
        when 'IG reel' then 'reel' when 'IG image' then 'image' when 'IG carousel' then 'carousel'
        else 'other'
    end as format,
    "Views" as views,
    "Reach" as reach,
    "Likes" as likes,
    "Shares" as shares,
    "Follows" as follows,
    "Comments" as comments,
    "Saves" as saves,
    strptime(regexp_extract(filename, '_(\w{3}-\d\d-\d{4})_', 1), '%b-%d-%Y')::date as observed_on,
    filename as file_id
from read_csv(
    getvariable('inbox') || '/instagram/*/*.csv',
    header = true, delim = ',', quote = '"', escape = '"', filename = true,
    timestampformat = '%m/%d/%Y %H:%M', auto_detect = false,
    columns = {
        'Post ID': 'varchar', 'Account ID': 'varchar', 'Account username': 'varchar',
        'Account name': 'varchar', 'Description': 'varchar', 'Duration (sec)': 'double',
        'Publish time': 'timestamp', 'Permalink': 'varchar', 'Post type': 'varchar',
        'Data comment': 'varchar', 'Date': 'varchar', 'Views': 'bigint', 'Reach': 'bigint',
        'Likes': 'bigint', 'Shares': 'bigint', 'Follows': 'bigint', 'Comments': 'bigint',
        'Saves': 'bigint'
    }
);

create table history.post_lifetime as
select
    platform, post_id, observed_on, views, reach, likes, comments, shares, saves, follows, file_id
from history.post;

alter table history.post drop column views;
alter table history.post drop column reach;
alter table history.post drop column likes;
alter table history.post drop column comments;
alter table history.post drop column shares;
alter table history.post drop column saves;
alter table history.post drop column follows;

create table history.account_day as
with overview as (
    select
        split_part(filename, '/', -3) as account_ref,
        strptime("Date" || ' 2025', '%B %-d %Y')::date as day,
        strptime(split_part(filename, '/', -2), '%Y-%m-%d')::date as observed_on,
        "Video Views" as views, "Profile Views" as profile_views, "Likes" as likes_net,
        "Comments" as comments_net, "Shares" as shares_net, filename as file_id
    from read_csv(
        getvariable('inbox') || '/tiktok/*/*/Overview.csv',
        header = true, filename = true, auto_detect = false, delim = ',', quote = '"',
        columns = {
            'Date': 'varchar', 'Video Views': 'bigint', 'Profile Views': 'bigint',
            'Likes': 'bigint', 'Comments': 'bigint', 'Shares': 'bigint'
        }
    )
),
followers as (
    select
        split_part(filename, '/', -3) as account_ref,
        strptime("Date" || ' 2025', '%B %-d %Y')::date as day,
        strptime(split_part(filename, '/', -2), '%Y-%m-%d')::date as observed_on,
        "Followers" as followers, filename as file_id
    from read_csv(
        getvariable('inbox') || '/tiktok/*/*/FollowerHistory.csv',
        header = true, filename = true, auto_detect = false, delim = ',', quote = '"',
        columns = {'Date': 'varchar', 'Followers': 'bigint', 'Difference': 'bigint'}
    )
)
select 'tiktok' as platform, * from (
    select * from overview union all by name select * from followers
);

create table history.roster as
select *
from read_csv(getvariable('inbox') || '/roster.csv', header = true, all_varchar = true);

-- stage: marts

create schema core;
create schema mart;

create table core.account as
select distinct
    p.platform, p.account_ref as account_id,
    coalesce(r.handle, p.account_ref) as account_handle,
    p.platform || ':' || p.account_ref as creator_id
from (
    select distinct platform, account_ref from history.post
    union select distinct platform, account_ref from history.account_day
) as p
left join history.roster as r on r.platform = p.platform and r.account_id = p.account_ref;

create table core.post as
select
    platform, post_id,
    min(observed_on) as first_observed_on, max(observed_on) as last_observed_on,
    arg_max(account_ref, observed_on) as account_id,
    arg_max(published_at, observed_on) as published_at,
    arg_max(format, observed_on) as format, arg_max(caption, observed_on) as caption,
    arg_max(url, observed_on) as url, arg_max(duration_s, observed_on) as duration_s
from history.post
group by platform, post_id;

create table core.post_account as
select platform, post_id, account_id, 'owner' as role from core.post;

create table core.post_lifetime as
select
    platform, post_id, max(observed_on) as observed_on,
    arg_max(views, observed_on) as views, arg_max(reach, observed_on) as reach,
    arg_max(likes, observed_on) as likes, arg_max(comments, observed_on) as comments,
    arg_max(shares, observed_on) as shares, arg_max(saves, observed_on) as saves,
    arg_max(follows, observed_on) as follows
from history.post_lifetime
group by platform, post_id;

create table core.account_day as
select
    platform, account_ref as account_id, day, max(observed_on) as observed_on,
    arg_max(followers, observed_on) as followers, arg_max(views, observed_on) as views,
    arg_max(profile_views, observed_on) as profile_views,
    arg_max(likes_net, observed_on) as likes_net,
    arg_max(comments_net, observed_on) as comments_net,
    arg_max(shares_net, observed_on) as shares_net
from history.account_day
group by all;

-- a scale of three tiers: a run of days counts once it lasted 14 days or went 5 % beyond
create table mart.tier as
with levels as (
    select platform, account_id, day, followers, 'observed' as followers_method
    from core.account_day where followers is not null and day <= getvariable('as_of')
    union all
    select
        platform, account_id, followers_observed_on::date, followers::bigint, 'roster'
    from history.roster where followers is not null
),
tiered as (
    select *,
        case when followers > 100000 then 2 when followers > 20000 then 1 else 0 end as step,
        case when followers > 100000 then followers / 100000
            when followers > 20000 then least(followers / 20000, 100000 / followers)
            else 20000 / followers end as beyond
    from levels
),
numbered as (
    select *,
        row_number() over (partition by platform, account_id order by day)
        - row_number() over (partition by platform, account_id, step order by day) as run
    from tiered
),
runs as (
    select platform, account_id, step, run, min(day) as tier_since, max(day) as last_day,
        count(*) as days, max(beyond) as beyond
    from numbered group by all
),
held as (
    select *, lag(step) over (partition by platform, account_id order by tier_since) as previous
    from runs
    where (last_day - tier_since >= 14 and days >= 2) or beyond >= 1.05
        or tier_since = (
            select min(day) from levels as l
            where l.platform = runs.platform and l.account_id = runs.account_id
        )
),
now as (
    select platform, account_id, arg_max(step, tier_since) as step,
        arg_max(previous, tier_since) as previous, max(tier_since) as tier_since
    from held group by all
),
newest as (
    select platform, account_id, arg_max(followers, day) as followers,
        arg_max(followers_method, day) as followers_method, max(day) as followers_observed_on
    from levels group by all
)
select
    getvariable('as_of') as as_of, platform, account_id, newest.followers,
    newest.followers_method, newest.followers_observed_on,
    getvariable('as_of') - newest.followers_observed_on as staleness_days,
    ['micro', 'macro', 'mega'][now.step + 1] as tier,
    ['micro', 'macro', 'mega'][now.previous + 1] as previous_tier, now.tier_since,
    percent_rank() over (partition by platform order by newest.followers) as percentile
from newest join now using (platform, account_id);

-- one point per post: its counters at the age of 7 days, between the two observations around
-- it, else by the maturation curve of 19 hours
create temp table point as
with observed as (
    select
        l.platform, l.post_id, p.account_id, p.published_at, p.format, l.views, l.reach,
        coalesce(likes, 0) + coalesce(comments, 0) + coalesce(shares, 0) + coalesce(saves, 0)
            as engagements,
        epoch(l.observed_on + interval 1 day - p.published_at::timestamp) / 86400 as age
    from history.post_lifetime as l join core.post as p using (platform, post_id)
    where p.published_at::date <= getvariable('as_of')
),
around as (
    select
        platform, post_id, any_value(account_id) as account_id,
        any_value(published_at) as published_at, any_value(format) as format,
        max(age) filter (age <= 7) as age_0,
        arg_max(struct_pack(views, reach, engagements), age) filter (age <= 7) as before,
        min(age) filter (age > 7) as age_1,
        arg_min(struct_pack(views, reach, engagements), age) filter (age > 7) as after
    from observed where age > 0 group by platform, post_id
),
aged as (
    select
        platform, account_id, format, published_at::date + 7 as day,
        case when age_0 is null then 0 when age_1 is null then 0
            else (7 - age_0) / (age_1 - age_0) end as weight,
        1 - pow(0.5, 24 * coalesce(age_0, age_1) / 19) as maturity,
        age_0 is not null and age_1 is not null as is_between,
        coalesce(before, after) as low, coalesce(after, before) as high
    from around
),
scaled as (
    select platform, account_id, format, day,
        (low.views + weight * (high.views - low.views)) / divisor as views,
        (low.reach + weight * (high.reach - low.reach)) / divisor as reach,
        (low.engagements + weight * (high.engagements - low.engagements)) / divisor as engagements
    from (select *, case when is_between then 1 else maturity end as divisor from aged)
    where is_between or maturity >= 0.5
)
select
    'post' as series, measure, platform, account_id, day, 0 as segment,
    case measure when 'views' then views else engagements end as above,
    case measure when 'views' then 1 else reach end as below,
    ln(above / below) as value
from scaled, (values ('engagement_rate'), ('views')) as m(measure)
where day <= getvariable('as_of') and above > 0 and below > 0;

update point set segment = 1
where measure = 'views' and platform = 'instagram' and day - 7 >= date '2025-04-21';

insert into point
select
    'account_week', measure, platform, account_id, date_trunc('week', day)::date as week, 0,
    case measure when 'views' then sum(views)
        else sum(likes_net + comments_net + shares_net) end as above,
    case measure when 'views' then 1 else sum(views) end as below,
    ln(above / below)
from core.account_day, (values ('engagement_rate'), ('views')) as m(measure)
where views is not null and day <= getvariable('as_of')
group by measure, platform, account_id, week
having count(*) = 7 and sum(views) > 100;

create or replace temp macro erf(x) as
    sign(x) * (1 - (((((1.061405429 / (1 + 0.3275911 * abs(x)) - 1.453152027)
    / (1 + 0.3275911 * abs(x))) + 1.421413741) / (1 + 0.3275911 * abs(x)) - 0.284496736)
    / (1 + 0.3275911 * abs(x)) + 0.254829592) / (1 + 0.3275911 * abs(x)) * exp(-x * x));

create table mart.engagement_trend as
with windows as (
    select unnest([28, 90, 180, 365]) as window_days
),
keyed as (
    select *, dense_rank() over (order by series, measure, platform, account_id) as line
    from point
),
numbered as (
    select *, row_number() over (partition by line order by day) as place from keyed
),
-- a pair lies in a window when its older point does
pairs as (
    select a.line, getvariable('as_of') - a.day as back,
        (b.value - a.value) / (b.day - a.day) as slope, sign(b.value - a.value)::tinyint as direction
    from numbered as a
    join numbered as b
        on a.line = b.line and a.segment = b.segment and a.place < b.place and a.day < b.day
),
sorted as materialized (
    select line,
        list_sort(list(slope) filter (back < 28)) as slopes_28,
        list_sort(list(slope) filter (back < 90)) as slopes_90,
        list_sort(list(slope) filter (back < 180)) as slopes_180,
        list_sort(list(slope) filter (back < 365)) as slopes_365,
        sum(direction) filter (back < 28) as s_28,
        sum(direction) filter (back < 90) as s_90,
        sum(direction) filter (back < 180) as s_180,
        sum(direction) filter (back < 365) as s_365
    from pairs group by line
),
slopes as (
    select line, 28 as window_days, slopes_28 as slopes, s_28 as s from sorted
    union all select line, 90, slopes_90, s_90 from sorted
    union all select line, 180, slopes_180, s_180 from sorted
    union all select line, 365, slopes_365, s_365 from sorted
),
tied as (
    select line, window_days, segment, value, count(*) as ties
    from keyed join windows on getvariable('as_of') - day < window_days
    group by all
),
segments as (
    select line, window_days, segment, sum(ties) as n,
        sum(ties * (ties - 1) * (2 * ties + 5)) as tie_term
    from tied group by all
),
variances as (
    select line, window_days, sum(n) as n,
        sum(n * (n - 1) * (2 * n + 5) - tie_term) / 18 as variance
    from segments group by all
),
levels as (
    select series, measure, platform, account_id, line, window_days,
        sum(above) / sum(below) as ratio_of_sums, exp(median(value)) as median,
        exp(quantile_cont(value, 0.25)) as q1, exp(quantile_cont(value, 0.75)) as q3,
        1.4826 * mad(value) as spread, var_samp(value) as s2
    from keyed join windows on getvariable('as_of') - day < window_days
    group by all
),
tested as (
    select levels.* exclude (line), n, s,
        case when s > 0 then s - 1 when s < 0 then s + 1 else 0 end / sqrt(variance) as z,
        1 - erf(abs(z) / sqrt(2)) as p,
        len(slopes) as pairs, 1.959964 * sqrt(variance) as c,
        (slopes[(pairs + 1) // 2] + slopes[(pairs + 2) // 2]) / 2 as slope,
        slopes[greatest(1, round((pairs - c) / 2)::int)] as slope_low,
        slopes[least(pairs, round((pairs + c) / 2)::int + 1)] as slope_high
    from levels
    left join slopes using (line, window_days)
    left join variances using (line, window_days)
),
adjusted as (
    select *,
        p * count(*) over w_all / row_number() over w_rank as raw_q
    from tested
    window
        w_all as (partition by series, measure, window_days),
        w_rank as (partition by series, measure, window_days order by p)
),
shrunk as (
    select *,
        least(1, min(raw_q) over (
            partition by series, measure, window_days order by p desc
        )) as q,
        avg(ln(median)) over panel as g,
        greatest(0, var_samp(ln(median)) over panel - avg(s2 / n) over panel) as tau2
    from adjusted
    window panel as (partition by platform, series, measure, window_days)
)
select
    getvariable('as_of') as as_of, series, measure, platform, account_id, window_days, n,
    ratio_of_sums, median, q1, q3, spread,
    exp(g + tau2 / (tau2 + s2 / n) * (ln(median) - g)) as shrunk,
    exp(30 * slope) - 1 as change_per_30_days,
    exp(30 * slope_low) - 1 as change_low,
    exp(30 * slope_high) - 1 as change_high,
    slope - median(slope) over (partition by platform, series, measure, window_days) as relative,
    p, q,
    case
        when n < 8 then 'insufficient_evidence'
        when change_low >= -0.1 and change_high <= 0.1 then 'stable'
        when p < 0.05 and slope > 0 then 'rising'
        when p < 0.05 and slope < 0 then 'falling'
        else 'insufficient_evidence'
    end as class
from shrunk;

-- stage: publish

checkpoint;
