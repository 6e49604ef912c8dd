with

accounts as (

    select * from core.account

),

account_refs as (

    select * from core.account_ref

),

account_days as (

    select * from core.account_day

),

posts as (

    select * from core.post

),

post_lifetimes as (

    select * from core.post_lifetime

),

post_periods as (

    select * from core.post_period

),

post_days as (

    select * from core.post_day

),

top_posts as (

    select * from core.top_post

),

files as (

    select * from ops.file

),

builds as (

    select * from ops.build

),

asked_day as (

    select coalesce($as_of :: date, (select max(as_of) from builds)) as as_of

),

days as (

    select
        platform,
        account_id,
        min(day) as first_day,
        max(day) as last_day,
        count(distinct day) as days,
        max(day) - min(day) + 1 - count(distinct day) as missing_days,
        max(observed_on) as days_observed_on,
    from account_days
    group by all

),

owned_posts as (

    select
        platform,
        account_id,
        count(*) as posts,
        min(published_at) :: date as first_published_on,
        max(published_at) :: date as last_published_on,
        max(last_observed_on) as posts_observed_on,
    from posts
    where account_id is not null
    group by all

),

listed_posts as (

    select
        platform,
        account_id,
        count(*) as top_posts,
        max(observed_on) as top_posts_observed_on,
    from top_posts
    where account_id is not null
    group by all

),

account_reports as (

    select
        platform,
        account_id,
        count(columns(* exclude (platform, account_id, day, observed_on, currency))),
    from account_days
    group by all

),

account_metrics as (

    select
        platform,
        account_id,
        list(metric order by metric) as account_metrics,
    from account_reports
    unpivot (reports for metric in (columns(* exclude (platform, account_id))))
    where reports > 0
    group by all

),

post_figures as (

    select * from post_lifetimes
    union all by name
    select * from post_periods
    union all by name
    select * from post_days

),

owned_figures as (

    select
        posts.account_id,
        post_figures.*,
    from post_figures
    inner join posts using (platform, post_id)
    where posts.account_id is not null
    union all by name
    select * from top_posts
    where account_id is not null

),

post_reports as (

    select
        platform,
        account_id,
        count(columns(* exclude (
            platform,
            account_id,
            post_id,
            day,
            period_start,
            period_end,
            observed_on,
            currency
        ))),
    from owned_figures
    group by all

),

post_metrics as (

    select
        platform,
        account_id,
        list(metric order by metric) as post_metrics,
    from post_reports
    unpivot (reports for metric in (columns(* exclude (platform, account_id))))
    where reports > 0
    group by all

),

exports as (

    select
        account_refs.platform,
        account_refs.account_id,
        count(*) filter (where files.status = 'loaded') as files_loaded,
        count(*) filter (where files.status = 'refused') as files_refused,
        list(distinct files.export order by files.export)
            filter (where files.status = 'loaded') as exports,
        max(files.observed_on) filter (where files.status = 'loaded') as files_observed_on,
    from files
    inner join account_refs using (platform, account_ref)
    group by all

),

joined as (

    select
        accounts.platform,
        accounts.account_id,
        accounts.creator_id,
        accounts.account_handle,
        accounts.display_name,
        accounts.is_tracked,
        days.first_day,
        days.last_day,
        coalesce(days.days, 0) as days,
        days.missing_days,
        coalesce(owned_posts.posts, 0) as posts,
        coalesce(listed_posts.top_posts, 0) as top_posts,
        owned_posts.first_published_on,
        owned_posts.last_published_on,
        coalesce(account_metrics.account_metrics, []) as account_metrics,
        coalesce(post_metrics.post_metrics, []) as post_metrics,
        coalesce(exports.exports, []) as exports,
        coalesce(exports.files_loaded, 0) as files_loaded,
        coalesce(exports.files_refused, 0) as files_refused,
        greatest(
            days.days_observed_on,
            owned_posts.posts_observed_on,
            listed_posts.top_posts_observed_on,
            exports.files_observed_on
        ) as last_observed_on,
    from accounts
    left join days using (platform, account_id)
    left join owned_posts using (platform, account_id)
    left join listed_posts using (platform, account_id)
    left join account_metrics using (platform, account_id)
    left join post_metrics using (platform, account_id)
    left join exports using (platform, account_id)

),

aged as (

    select
        joined.*,
        case
            when joined.last_observed_on > asked_day.as_of then 0
            else asked_day.as_of - joined.last_observed_on
        end as staleness_days,
    from joined
    cross join asked_day
    order by joined.is_tracked desc, joined.platform, joined.account_id

)

select * from aged
